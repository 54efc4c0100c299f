import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { execa } from 'execa';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runBin } from '../rig/bins.ts';
import { ROOT } from '../rig/paths.ts';
import { samEnv } from '../rig/sam-env.ts';
import type { StandIn } from '../rig/stand-in.ts';
import { lookInto } from '../pipeline/run.ts';

/** Makes a project, as a user does, for this machine's processor. @throws Error with what it said when it refuses */
export async function createProject(project: string, flags: readonly string[]): Promise<void> {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const plain = ['--architecture', architecture, '--yes', '--skip-install', '--no-git'];
  const cwd = dirname(project);
  const made = await runBin('create', [basename(project), ...plain, ...flags], { cwd, all: true });
  if (made.exitCode !== 0) throw new Error(`create-onnx-lambda ended with ${made.exitCode}:\n${made.all}`);
}

/** The same by a recipe. */
export const createByRecipe = (project: string, recipe: string, flags: readonly string[]): Promise<void> =>
  createProject(project, ['--recipe', recipe, ...flags]);

export interface Tested {
  readonly passed: number;
  readonly failed: number;
  readonly results: readonly { readonly fixture: string; readonly got: unknown }[];
}

/** The project's fixtures through the built function on this machine. */
export async function tested(project: string): Promise<Tested> {
  const { stdout } = await runBin('project', ['test', '--json'], { cwd: project });
  return JSON.parse(String(stdout)) as Tested;
}

/** `aws lambda invoke` of what traffic reaches in a stage. */
export async function invoke(aws: StandIn, stack: string, event: object): Promise<unknown> {
  const client = new LambdaClient({ ...clientOf(aws) });
  const FunctionName = await lookInto(aws).physicalId(stack, 'Function');
  const { Payload } = await client.send(
    new InvokeCommand({ FunctionName, Qualifier: 'live', Payload: JSON.stringify(event) }),
  );
  return JSON.parse(Payload?.transformToString() ?? 'null') as unknown;
}

/** Settings of a client of the SDK. */
export const clientOf = (aws: StandIn) => ({
  region: 'us-east-1',
  endpoint: aws.endpoint,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** The project's own pipeline.sh, from elsewhere and where no terminal is; stdout is the last step's answer. @throws Error with what it said when it fails */
export async function pipelineSh(
  project: string,
  args: readonly string[],
  aws: StandIn,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const bin = join(project, 'node_modules/.bin/onnx-lambda');
  mkdirSync(dirname(bin), { recursive: true });
  writeFileSync(bin, `#!/bin/sh\nexec "${process.execPath}" "${ROOT}bin/onnx-lambda.mjs" "$@"\n`, { mode: 0o755 });
  const ran = await execa(join(project, 'pipeline.sh'), args, {
    cwd: dirname(project),
    env: { ...samEnv(aws.env), ...env },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  if (ran.exitCode !== 0) throw new Error(`pipeline.sh ${args.join(' ')} ended with ${ran.exitCode}:\n${ran.stderr}`);
  return ran.stdout;
}

/** Takes the images away that were made for a project. */
export async function removeImages(name: string): Promise<void> {
  const { stdout } = await execa('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}']);
  const ours = stdout.split('\n').filter((image) => image.includes(name));
  await execa('docker', ['image', 'rm', '-f', ...ours], { reject: false });
}

/** POST /predict of a REST API that is deployed, for those who have credentials. */
export async function predict(aws: StandIn, stack: string, stage: string, body: object): Promise<unknown> {
  const api = await lookInto(aws).physicalId(stack, 'Api');
  const authorization =
    'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=x';
  const answer = await fetch(`${aws.endpoint}/restapis/${api}/${stage}/_user_request_/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization },
    body: JSON.stringify(body),
  });
  return answer.json();
}
