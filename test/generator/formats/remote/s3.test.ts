import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSource } from '../../../../generator/formats/open-source.ts';
import type { SourceOptions } from '../../../../generator/formats/source.ts';
import { readModel } from '../../../../generator/model/read.ts';
import { classifier } from '../../../models/classifier.ts';
import { external } from '../../../models/external.ts';
import { Folder } from '../../../models/files.ts';
import { repository } from '../../../models/places.ts';
import { modelBytes } from '../../../models/proto.ts';
import { PLAIN_ENV } from '../../../cli/folders.ts';
import { runBin } from '../../../rig/bins.ts';
import { describeWith } from '../../../rig/need.ts';
import { startStandIn, type StandIn } from '../../../rig/stand-in.ts';

const DIGITS = readFileSync(repository('fixtures/digits/digits.onnx'));
const KEYS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' };

describeWith('stand-in', 'a model in S3', () => {
  const folder = new Folder();
  const tempRoot = join(folder.path, 'temporary');
  const before = { ...process.env };
  let aws: StandIn;
  let versions: (string | undefined)[];

  const open = (where: string, options: SourceOptions = {}): ReturnType<typeof openSource> =>
    openSource(where, { tempRoot, ...options });

  beforeAll(async () => {
    mkdirSync(tempRoot);
    aws = await startStandIn();
    // The SDK reads credentials and endpoint of the process.
    Object.assign(process.env, KEYS, { AWS_ENDPOINT_URL: aws.endpoint });
    const s3 = new S3Client({ forcePathStyle: true });
    const Bucket = 'models';
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    const put = async (Key: string, Body: Uint8Array | string): Promise<string | undefined> =>
      (await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: Body.length }))).VersionId;
    versions = [await put('a b/digits.onnx', DIGITS), await put('a b/digits.onnx', 'something else')];
    const { model, data } = external(classifier(), 'w.bin');
    await put('bert/model.onnx', modelBytes(model));
    await put('bert/w.bin', data);
    await put('bert/labels.txt', 'zero\none');
    await put('bert/large.bin', 'x');
    await put('bert/', '');
    await put('odd/../model.onnx', 'x');
  }, 60_000);
  afterAll(async () => {
    process.env = before;
    await aws.stop();
    folder.dispose();
  });

  test('an object, in the version that is asked for', async () => {
    const sha256 = createHash('sha256').update(DIGITS).digest('hex');
    const source = await open(`s3://models/a b/digits.onnx?versionId=${versions[0]}`, { sha256 });
    expect(readFileSync(source.modelFile)).toEqual(DIGITS);
    expect(source.modelName).toBe('digits');
    await source.dispose();
    await expect(open('s3://models/a b/digits.onnx', { sha256 })).rejects.toMatchObject({
      code: 'MODEL_SHA256_DIFFERS',
    });
    expect(readdirSync(tempRoot)).toEqual([]);
  });

  test('a folder: only what belongs to the model is fetched', async () => {
    const source = await open('s3://models/bert/');
    expect(source.modelName).toBe('bert');
    expect((await readModel(source.modelFile)).externalData).toEqual(['w.bin']);
    expect(source.sideFiles.map(({ text }) => text)).toEqual(['zero\none']);
    const fetched = readdirSync(tempRoot, { recursive: true }).map((path) => String(path).split('/').at(-1));
    expect(fetched).toEqual(expect.arrayContaining(['model.onnx', 'w.bin', 'labels.txt']));
    expect(fetched).not.toContain('large.bin');
    await source.dispose();
    expect(readdirSync(tempRoot)).toEqual([]);
  });

  test.each([
    ['an object that is not there', 's3://models/nothing.onnx', 'MODEL_NOT_FOUND'],
    ['a bucket that is not there', 's3://no-such-bucket-here/m.onnx', 'MODEL_NOT_FOUND'],
    ['an empty folder', 's3://models/nothing/', 'MODEL_NOT_FOUND'],
    ['a version that is not there', 's3://models/a b/digits.onnx?versionId=none', 'MODEL_NOT_FOUND'],
    ['a key that leads out of the folder', 's3://models/odd/', 'MODEL_ARCHIVE_UNSAFE'],
  ])('%s', async (_, where, code) => {
    await expect(open(where)).rejects.toMatchObject({ code });
    expect(readdirSync(tempRoot)).toEqual([]);
  });

  test('no S3 there', async () => {
    const env = { ...PLAIN_ENV, ...KEYS, AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_MAX_ATTEMPTS: '1' };
    const { exitCode, stderr } = await runBin('project', ['inspect', 's3://models/m.onnx'], {
      cwd: folder.path,
      env,
      extendEnv: false,
    });
    expect({ exitCode, code: stderr.split(':')[0] }).toEqual({ exitCode: 3, code: 'AWS_UNREACHABLE' });
  });
});
