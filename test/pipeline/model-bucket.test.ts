import { GetBucketVersioningCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import type { Blueprint } from '../../generator/blueprint.ts';
import { describeWith } from '../rig/need.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';
import { codeIn, lookInto, tool, type Running } from './run.ts';
import { sampleProject, type Sample } from './sample-project.ts';

// Real builds and deployments: seconds alone, minutes on a machine that does much else.
jest.setTimeout(4 * 60_000);

type Bucket = Extract<Blueprint['model']['source'], { kind: 's3' }>['bucket'];

describeWith(['sam', 'stand-in'], 'the bucket of the models', () => {
  let aws: StandIn;
  let client: S3Client;
  const samples: Sample[] = [];
  beforeAll(async () => {
    aws = await startStandIn({});
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    client = new S3Client({ region: 'us-east-1', endpoint: aws.endpoint, forcePathStyle: true, credentials });
  });
  afterAll(async () => {
    await aws.stop();
    for (const { root } of samples) rmSync(root, { recursive: true, force: true });
  });
  const project = (name: string, bucket: Bucket): ((...args: string[]) => Running) => {
    const sample = sampleProject({ name, source: { kind: 's3', storage: 512, ...(bucket && { bucket }) } });
    samples.push(sample);
    return (...args) => tool(sample.root, args, aws.env);
  };
  const buckets = async (): Promise<(string | undefined)[]> => {
    const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
    return Buckets.map(({ Name }) => Name);
  };

  test("one of the stage's own: made by its stack before the model needs it, used by all commands, gone with destroy", async () => {
    const inside = lookInto(aws);
    const run = project('apart', { kind: 'stack' });
    const deployed = await run('deploy', '--stage', 'dev');
    expect([deployed.exitCode, codeIn(deployed.stderr)]).toEqual([0, undefined]);
    const bucket = await inside.physicalId('apart-dev-models', 'ModelBucket');
    expect(await client.send(new GetBucketVersioningCommand({ Bucket: bucket }))).toMatchObject({ Status: 'Enabled' });
    const { stdout } = await run('model', 'list', '--json');
    expect(JSON.parse(String(stdout))).toMatchObject({
      stages: {
        dev: { bucket, versions: [{ inUse: true, fits: true }] },
        stage: { versions: [] },
        prod: { versions: [] },
      },
    });
    const again = await run('deploy', '--stage', 'dev');
    expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('No changes')]);
    expect(await buckets()).not.toContain('onnx-lambda-models-000000000000-us-east-1');
    const destroyed = await run('destroy', '--stage', 'dev', '--yes');
    expect([destroyed.exitCode, codeIn(destroyed.stderr)]).toEqual([0, undefined]);
    expect(await inside.status('apart-dev-models')).toBeUndefined();
    expect(await buckets()).not.toContain(bucket);
    expect((await run('destroy', '--stage', 'dev', '--yes')).stderr).toContain('already absent');
  });

  test('a model may be pushed there before anything is deployed, and destroy takes it', async () => {
    const inside = lookInto(aws);
    const run = project('early', { kind: 'stack' });
    expect((await run('model', 'push', '--stage', 'stage')).exitCode).toBe(0);
    expect([await inside.status('early-stage-models'), await inside.status('early-stage')]).toEqual([
      'CREATE_COMPLETE',
      undefined,
    ]);
    expect((await run('destroy', '--stage', 'stage', '--yes')).exitCode).toBe(0);
    expect(await inside.status('early-stage-models')).toBeUndefined();
  });

  test('a stack that can not be made is told with its first cause, and nothing is deployed', async () => {
    const inside = lookInto(aws);
    const run = project('broken', { kind: 'stack' });
    aws.failOn([{ resource: 'ModelBucket', on: 'create', reason: 'no right to make buckets' }]);
    const { exitCode, stderr } = await run('deploy', '--stage', 'dev');
    aws.failOn([]);
    expect([exitCode, codeIn(stderr), stderr]).toEqual([
      1,
      'DEPLOY_FAILED',
      expect.stringContaining('no right to make buckets'),
    ]);
    expect(await inside.status('broken-dev')).toBeUndefined();
  });

  test('one that is said to be there has to be', async () => {
    const run = project('given', { kind: 'existing', name: 'not-there' });
    const { exitCode, stderr } = await run('model', 'push', '--stage', 'dev');
    expect([exitCode, codeIn(stderr)]).toEqual([3, 'MODEL_BUCKET_INVALID']);
  });
});
