import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { execa } from 'execa';
import { basename, dirname } from 'node:path';
import { runBin } from '../rig/bins.ts';
import { ROOT } from '../rig/paths.ts';
import { samEnv } from '../rig/sam-env.ts';
import type { StandIn } from '../rig/stand-in.ts';
import { lookInto } from '../pipeline/run.ts';

/** Makes a project by a recipe, as a user does, for this machine's processor. @throws Error with what it said when it refuses */
export async function createByRecipe(project: string, recipe: string, flags: readonly string[]): Promise<void> {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const plain = ['--recipe', recipe, '--architecture', architecture, '--yes', '--skip-install', '--no-git'];
  const cwd = dirname(project);
  const made = await runBin('create', [basename(project), ...plain, ...flags], { cwd, all: true });
  if (made.exitCode !== 0) throw new Error(`create-onnx-lambda ended with ${made.exitCode}:\n${made.all}`);
}

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

/** The project's own pipeline.sh, where no terminal is. */
export const pipelineSh = (project: string, args: readonly string[], aws: StandIn, env: Record<string, string> = {}) =>
  execa('sh', ['pipeline.sh', ...args], {
    cwd: project,
    env: samEnv({ ...aws.env, ONNX_LAMBDA: `node ${ROOT}bin/onnx-lambda.mjs`, ...env }),
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    all: true,
  });
