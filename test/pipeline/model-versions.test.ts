import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml, stringifyYaml } from '../../generator/yaml.ts';
import { describeWith } from '../rig/need.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';
import { codeIn, lookInto, printed, tool, type Running } from './run.ts';
import { sampleProject, type Sample } from './sample-project.ts';

// Real builds and deployments: seconds alone, minutes on a machine that does much else.
jest.setTimeout(4 * 60_000);

const BUCKET = 'onnx-lambda-models-000000000000-us-east-1';
/** Five minutes of canary become twelve seconds. */
const CANARY_SCALE = 0.04;

interface Version {
  readonly name: string;
  readonly sha256: string;
  readonly id: string;
  readonly key: string;
  readonly inUse: boolean;
  readonly fits: boolean;
  readonly isNew: boolean;
}

describeWith(['sam', 'stand-in'], 'versions of a model in S3', () => {
  let aws: StandIn;
  let sample: Sample;
  let inside: ReturnType<typeof lookInto>;
  let s3: S3Client;
  let lambda: LambdaClient;
  let cloudFormation: CloudFormationClient;
  const pushed: Version[] = [];
  beforeAll(async () => {
    aws = await startStandIn({ canaryScale: CANARY_SCALE });
    inside = lookInto(aws);
    sample = sampleProject({ name: 'many', source: { kind: 's3', storage: 512 } });
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const there = { region: 'us-east-1', endpoint: aws.endpoint, credentials };
    s3 = new S3Client({ ...there, forcePathStyle: true });
    lambda = new LambdaClient(there);
    cloudFormation = new CloudFormationClient(there);
  });
  afterAll(async () => {
    await aws.stop();
    rmSync(sample.root, { recursive: true, force: true });
  });
  const run = (...args: string[]): Running => tool(sample.root, args, aws.env);
  const parsed = async <Answer>(...args: string[]): Promise<Answer> => {
    const { stdout, stderr, exitCode } = await run(...args, '--json');
    expect([exitCode, codeIn(stderr)]).toEqual([0, undefined]);
    return JSON.parse(String(stdout)) as Answer;
  };
  const listed = async (stage: string): Promise<Version[]> => {
    const { stages } = await parsed<{ stages: Record<string, { versions: Version[] }> }>('model', 'list');
    return stages[stage]?.versions ?? [];
  };
  /** The sha256 of the model that traffic reaches, and the function's version. */
  const live = async (stack: string): Promise<[string | undefined, string | undefined]> => {
    const command = new GetFunctionConfigurationCommand({
      FunctionName: await inside.physicalId(stack, 'Function'),
      Qualifier: 'live',
    });
    const { Environment, Version } = await lambda.send(command);
    return [Environment?.Variables?.['ModelSha256'], Version];
  };
  const updated = async (stack: string): Promise<Date | undefined> => {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack }));
    return Stacks?.[0]?.LastUpdatedTime;
  };
  /** A use that is refused: exit code and error code; the stack is as it was. */
  const refused = async (version: string, stage = 'dev'): Promise<[number | undefined, string | undefined]> => {
    const before = await updated(`many-${stage}`);
    const { exitCode, stderr } = await run('model', 'use', version, '--stage', stage, '--yes');
    expect([await updated(`many-${stage}`), await inside.changeSets(`many-${stage}`)]).toEqual([before, 0]);
    return [exitCode, codeIn(stderr)];
  };

  test('before anything is there: an empty list, and nothing to use', async () => {
    expect(await listed('dev')).toEqual([]);
    const { exitCode, stderr } = await run('model', 'use', '1-00000000', '--stage', 'dev');
    expect([exitCode, codeIn(stderr)]).toEqual([2, 'NOT_DEPLOYED']);
  });

  test('push uploads once, answers a name, and deploys nothing', async () => {
    const first = await run('model', 'push');
    expect([first.exitCode, codeIn(first.stderr)]).toEqual([0, undefined]);
    const again = await parsed<Version>('model', 'push', '--stage', 'dev');
    expect(again).toMatchObject({ name: String(first.stdout), isNew: false });
    expect(again.name).toBe(`1-${again.sha256.slice(0, 8)}`);
    sample.write('model/model.onnx', Uint8Array.of(1, 2, 3));
    const second = await parsed<Version>('model', 'push');
    expect(second).toMatchObject({ isNew: true });
    pushed.push(again, second);
    expect((await listed('dev')).map(({ name }) => name).sort()).toEqual([again.name, second.name].sort());
    expect(await listed('stage')).toEqual([]);
    expect(await inside.status('many-dev')).toBeUndefined();
  });

  test('a new model alone, deployed, is what traffic reaches', async () => {
    sample.write('model/model.onnx', Uint8Array.of(8, 7));
    expect((await run('deploy', '--stage', 'dev')).exitCode).toBe(0);
    expect(await live('many-dev')).toEqual([pushed[0]?.sha256, '1']);
    sample.write('model/model.onnx', Uint8Array.of(1, 2, 3));
    const { exitCode, stderr } = await run('deploy', '--stage', 'dev');
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('--keep-model')]);
    expect(await live('many-dev')).toEqual([pushed[1]?.sha256, '2']);
  });

  test('use moves the alias by parameters alone, there and back; of what is used there is nothing to change', async () => {
    const [one, two] = pushed as [Version, Version];
    const moved = await run('model', 'use', one.name, '--stage', 'dev');
    expect([moved.exitCode, codeIn(moved.stderr)]).toEqual([0, undefined]);
    expect(moved.stderr).toContain(`model use ${two.sha256.slice(0, 16)} --stage dev`);
    expect(moved.stderr).not.toMatch(/Uploading|Building/);
    expect((await live('many-dev'))[0]).toBe(one.sha256);
    expect((await listed('dev')).map(({ name, inUse }) => [name, inUse]).sort()).toEqual(
      [[one.name, true], [two.name, false]].sort(),
    ); // prettier-ignore
    const before = await updated('many-dev');
    const same = await run('model', 'use', one.sha256, '--stage', 'dev');
    expect([same.exitCode, same.stderr]).toEqual([0, expect.stringContaining('No changes')]);
    expect(await updated('many-dev')).toEqual(before);
  });

  test('a deployment after that stays with it where that was said, and else says that it goes back', async () => {
    const [one, two] = pushed as [Version, Version];
    sample.touch('two');
    const kept = await run('deploy', '--stage', 'dev', '--keep-model');
    expect([kept.exitCode, codeIn(kept.stderr)]).toEqual([0, undefined]);
    expect((await live('many-dev'))[0]).toBe(one.sha256);
    const back = await run('deploy', '--stage', 'dev');
    expect([back.exitCode, back.stderr]).toEqual([0, expect.stringContaining(`moves it to ${two.name}`)]);
    expect((await live('many-dev'))[0]).toBe(two.sha256);
  });

  test('what is not there, what is another model than it says, and what has another signature are refused', async () => {
    const [one, two] = pushed as [Version, Version];
    expect(await refused('1-00000000')).toEqual([2, 'MODEL_VERSION_UNKNOWN']);
    expect(await refused(one.sha256.slice(0, 7))).toEqual([2, 'MODEL_VERSION_UNKNOWN']);
    const Metadata = { sha256: 'f'.repeat(64), name: '1-ffffffff', signature: '0'.repeat(64) };
    const Key = `many-dev/${'f'.repeat(64)}.tar`;
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Metadata, Body: 'other' }));
    expect(await refused('1-ffffffff')).toEqual([2, 'MODEL_SIGNATURE_DIFFERS']);
    const signature = await ourSignature(two);
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Metadata: { ...Metadata, signature }, Body: 'other' }));
    expect(await refused('1-ffffffff')).toEqual([2, 'MODEL_SHA256_DIFFERS']);
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
    expect(await refused('1-ffffffff')).toEqual([2, 'MODEL_VERSION_UNKNOWN']);
  });
  const ourSignature = async ({ name }: Version): Promise<string> => {
    const found = (await listed('dev')).find((version) => version.name === name) as Version & { signature: string };
    return found.signature;
  };

  test('a project that was made anew for another signature does not take its old models', async () => {
    const file = join(sample.root, 'onnx-lambda.yaml');
    const before = readFileSync(file, 'utf8');
    const blueprint = parseYaml(before, file) as { model: object };
    const inputs = [{ name: 'rows', elementType: 'float32', dims: [null, 4] }];
    sample.write('onnx-lambda.yaml', stringifyYaml({ ...blueprint, model: { ...blueprint.model, inputs } }));
    expect((await listed('dev')).map(({ fits }) => fits)).toEqual([false, false]);
    expect(await refused(pushed[0]?.name ?? '')).toEqual([2, 'MODEL_SIGNATURE_DIFFERS']);
    sample.write('onnx-lambda.yaml', before);
  });

  test('an update that fails is rolled back to the old model, and the first cause is told', async () => {
    const [before] = await live('many-dev');
    aws.failOn([{ resource: 'Function', on: 'update', reason: 'no such subnet' }]);
    const { exitCode, stderr } = await run('model', 'use', pushed[0]?.name ?? '', '--stage', 'dev');
    aws.failOn([]);
    expect([exitCode, codeIn(stderr)]).toEqual([1, 'DEPLOY_FAILED']);
    expect(stderr).toContain('no such subnet');
    expect((await live('many-dev'))[0]).toBe(before);
  });

  test('prod is asked about, and goes by its canary; whoever comes meanwhile is told so', async () => {
    expect((await run('deploy', '--stage', 'prod', '--yes')).exitCode).toBe(0);
    sample.write('model/model.onnx', Uint8Array.of(9));
    const { name, sha256 } = await parsed<Version>('model', 'push', '--stage', 'prod');
    const asked = await run('model', 'use', name, '--stage', 'prod');
    expect([asked.exitCode, codeIn(asked.stderr)]).toEqual([2, 'ANSWERS_MISSING']);
    const first = run('model', 'use', name, '--stage', 'prod', '--yes');
    await printed(first, 'Deploying many-prod');
    const second = await run('model', 'use', name, '--stage', 'prod', '--yes');
    expect([second.exitCode, codeIn(second.stderr)]).toEqual([6, 'STACK_BUSY']);
    expect((await first).exitCode).toBe(0);
    expect(aws.deployments().at(-1)).toMatchObject({ status: 'Succeeded', weights: [0.1, 1] });
    expect((await live('many-prod'))[0]).toBe(sha256);
  });

  test('destroy takes all versions of its stage', async () => {
    expect((await run('destroy', '--stage', 'dev', '--yes')).exitCode).toBe(0);
    expect(await listed('dev')).toEqual([]);
    expect(await listed('prod')).toHaveLength(2);
  });

  test('a model in a layer has no versions', async () => {
    const layered = sampleProject({ name: 'near' });
    for (const args of [['list'], ['push'], ['use', 'x', '--stage', 'dev']]) {
      const { exitCode, stderr } = await tool(layered.root, ['model', ...args], aws.env);
      expect([exitCode, codeIn(stderr)]).toEqual([2, 'MODEL_NOT_IN_S3']);
    }
    rmSync(layered.root, { recursive: true });
  });
});
