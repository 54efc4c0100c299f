import { GetObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeStacksCommand, CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringObject } from '../../handler-template/src/s3/bring.ts';
import { openObject } from '../../handler-template/src/s3/object.ts';
import { tarOf, type Tar } from '../../pipeline/model/tar.ts';
import { describeWith } from '../rig/need.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';
import { codeIn, tool, type Running } from './run.ts';
import { sampleProject, type Sample } from './sample-project.ts';

// Real builds and deployments: seconds alone, minutes on a machine that does much else.
jest.setTimeout(4 * 60_000);

async function bytesOf(tar: Tar): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of tar.read()) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('a folder as a tar: GNU tar reads it, its size is known before, and it is the same each time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onnx-lambda-tar-'));
  try {
    const long = `${'f'.repeat(90)}/${'n'.repeat(90)}.bin`;
    const files = { 'model.onnx': randomBytes(70_000), 'labels.txt': Buffer.from('é\n'), empty: Buffer.alloc(0), [long]: randomBytes(512) };
    mkdirSync(join(folder, 'model', 'f'.repeat(90)), { recursive: true });
    mkdirSync(join(folder, 'out'));
    for (const [path, bytes] of Object.entries(files)) writeFileSync(join(folder, 'model', path), bytes);
    const tar = await tarOf(join(folder, 'model'));
    const bytes = await bytesOf(tar);
    expect(bytes.length).toBe(tar.size);
    expect((await bytesOf(await tarOf(join(folder, 'model')))).equals(bytes)).toBe(true);
    writeFileSync(join(folder, 'packed.tar'), bytes);
    await execa('tar', ['-xf', join(folder, 'packed.tar'), '-C', join(folder, 'out')]);
    for (const [path, expected] of Object.entries(files)) expect(readFileSync(join(folder, 'out', path)).equals(expected)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
}); // prettier-ignore

test('a name that no tar can have is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onnx-lambda-tar-'));
  writeFileSync(join(folder, 'n'.repeat(101)), '');
  await expect(tarOf(folder)).rejects.toMatchObject({ code: 'TEMPLATE_INVALID' });
  rmSync(folder, { recursive: true });
});

describeWith(['sam', 'stand-in'], 'a model that is fetched from S3', () => {
  let aws: StandIn;
  let sample: Sample;
  let client: S3Client;
  const bucket = 'onnx-lambda-models-000000000000-us-east-1';
  const before = { ...process.env };
  beforeAll(async () => {
    aws = await startStandIn({});
    sample = sampleProject({ name: 'far', source: { kind: 's3', storage: 512 } });
    sample.write('model/model.onnx', randomBytes(40_000_000));
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    client = new S3Client({ region: 'us-east-1', endpoint: aws.endpoint, forcePathStyle: true, credentials });
  });
  afterAll(async () => {
    process.env = before;
    await aws.stop();
    rmSync(sample.root, { recursive: true, force: true });
  });
  const run = (...args: string[]): Running => tool(sample.root, args, aws.env);
  const versions = async (): Promise<string[]> => {
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    return Versions.map(({ Key = '' }) => Key);
  };
  /** What the stack was deployed with. */
  async function pins(): Promise<Record<string, string>> {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const cloudFormation = new CloudFormationClient({ region: 'us-east-1', endpoint: aws.endpoint, credentials });
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: 'far-dev' }));
    const parameters = Stacks[0]?.Parameters ?? [];
    return Object.fromEntries(parameters.map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]));
  } // prettier-ignore

  test('deploy uploads it in parts, pins the stack to the version, and the handler gets just that', async () => {
    const { exitCode, stderr } = await run('deploy', '--stage', 'dev');
    expect([exitCode, codeIn(stderr)]).toEqual([0, undefined]);
    const { ModelBucket = '', ModelVersionId = '', ModelSha256 = '' } = await pins();
    const packed = await bytesOf(await tarOf(join(sample.root, 'model')));
    expect([ModelBucket, ModelSha256]).toEqual([bucket, createHash('sha256').update(packed).digest('hex')]);
    const key = `far-dev/${ModelSha256}.tar`;
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: ModelVersionId }));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(packed)).toBe(true);

    Object.assign(process.env, { ...aws.env, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }); // prettier-ignore
    const temporary = mkdtempSync(join(tmpdir(), 'onnx-lambda-s3-'));
    const pinned = { bucket, key, version: ModelVersionId, sha256: ModelSha256 };
    const folder = await bringObject(pinned, temporary, openObject);
    expect(readFileSync(join(folder, 'model.onnx')).equals(readFileSync(join(sample.root, 'model/model.onnx')))).toBe(true); // prettier-ignore
    const gone = { ...pinned, version: '00000000-0000-0000-0000-000000000000', sha256: 'a'.repeat(64) };
    await expect(bringObject(gone, temporary, openObject)).rejects.toMatchObject({ code: 'MODEL_MISSING' });
    rmSync(temporary, { recursive: true });
  });

  test('the same model is not uploaded again, and there is nothing to deploy', async () => {
    const { exitCode, stderr } = await run('deploy', '--stage', 'dev');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('In S3 already');
    expect(stderr).toContain('No changes');
    expect(await versions()).toHaveLength(1);
  });

  test('a new model is a new object; the old one stays for what still runs', async () => {
    const old = await pins();
    sample.write('model/model.onnx', Uint8Array.of(1, 2, 3));
    expect((await run('deploy', '--stage', 'dev')).exitCode).toBe(0);
    expect((await pins())['ModelSha256']).not.toBe(old['ModelSha256']);
    expect(await versions()).toHaveLength(2);
  });

  test('destroy takes the models of its stack, and no others', async () => {
    expect((await run('deploy', '--stage', 'stage')).exitCode).toBe(0);
    const { exitCode, stderr } = await run('destroy', '--stage', 'dev', '--yes');
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`s3://${bucket}/far-dev/`);
    const left = await versions();
    expect(left).toHaveLength(1);
    expect(left[0]).toMatch(/^far-stage\//);
  });

  test("a bucket of one's own that is not there is refused before anything is deployed", async () => {
    const config = readFileSync(join(sample.root, 'samconfig.yaml'), 'utf8');
    sample.write('samconfig.yaml', config.replace('Stage=dev', 'Stage=dev ModelBucket=not-there'));
    const { exitCode, stderr } = await run('deploy', '--stage', 'dev');
    expect([exitCode, codeIn(stderr)]).toEqual([3, 'MODEL_BUCKET_INVALID']);
  });
});
