import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { gzipSync } from 'node:zlib';
import { s3Way } from '../../../../handler-template/src/inputs/s3/way.ts';
import { describeWith } from '../../../rig/need.ts';
import { startStandIn, type StandIn } from '../../../rig/stand-in.ts';
import { S3Server } from '../../s3-server.ts';
import { codeOf } from '../code-of.ts';
import { LIMIT, NEVER } from '../limits.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' };
const before = { ...process.env };
afterEach(() => (process.env = { ...before }));

/** The SDK reads credentials and endpoint of the process. */
const get = (env: Readonly<Record<string, string>>, url: string, deadline: AbortSignal = NEVER): Promise<Buffer> => {
  Object.assign(process.env, KEYS, env);
  return s3Way({ ...process.env, INPUT_S3: 'pictures,archive/2024/' }).fetch(url, LIMIT, deadline);
};

describeWith('stand-in', 'an object that a request names', () => {
  let aws: StandIn;
  beforeAll(async () => {
    aws = await startStandIn();
    Object.assign(process.env, KEYS, { AWS_ENDPOINT_URL: aws.endpoint });
    const client = new S3Client({ forcePathStyle: true });
    for (const Bucket of ['pictures', 'archive', 'others']) await client.send(new CreateBucketCommand({ Bucket }));
    const put = (Bucket: string, Key: string, Body: string | Buffer, ContentEncoding?: string) =>
      client.send(new PutObjectCommand({ Bucket, Key, Body, ContentEncoding }));
    await put('pictures', 'a+b%20c', 'literal');
    await put('pictures', 'a b c', 'decoded');
    await put('pictures', 'ü/日本 x.png', 'wide');
    await put('pictures', 'limit', Buffer.alloc(LIMIT, 'abc'));
    await put('pictures', 'over', Buffer.alloc(LIMIT + 1));
    await put('pictures', 'packed', gzipSync('x'), 'gzip');
    await put('archive', '2024/x', 'of 2024');
    await put('archive', '2023/x', 'of 2023');
    await put('others', 'x', 'secret');
  }, 60_000);
  afterAll(() => aws.stop());
  const from = (url: string): Promise<Buffer> => get({ AWS_ENDPOINT_URL: aws.endpoint }, url);

  test.each([
    ['s3://pictures/a+b%20c', 'literal'],
    ['s3://pictures/a b c', 'decoded'],
    ['s3://pictures/ü/日本 x.png', 'wide'],
    ['s3://archive/2024/x', 'of 2024'],
  ])('%s is there by its very key', async (url, content) => {
    expect(String(await from(url))).toBe(content);
  });

  test('one as large as the limit is whole', async () => {
    expect((await from('s3://pictures/limit')).equals(Buffer.alloc(LIMIT, 'abc'))).toBe(true);
  });

  test.each([
    ['s3://pictures/over', '413 DOWNLOAD_TOO_LARGE'],
    ['s3://pictures/packed', '415 DOWNLOAD_ENCODED'],
    ['s3://pictures/missing', '422 DOWNLOAD_FAILED'],
    ['s3://archive/2023/x', '400 URL_REFUSED'],
    ['s3://others/x', '400 URL_REFUSED'],
  ])('%s is %s', async (url, expected) => {
    expect(await codeOf(from(url))).toBe(expected);
  });
});

describe('where S3 fails', () => {
  const server = new S3Server(Buffer.alloc(LIMIT + 1));
  let env: Readonly<Record<string, string>>;
  beforeAll(async () => (env = await server.start()));
  afterAll(() => server.stop());
  const from = (deadline?: AbortSignal): Promise<Buffer> => get(env, 's3://pictures/x', deadline);

  test.each([500, 503])('%i is tried three times and no more, whatever the environment says', async (status) => {
    server.will([], { kind: 'refused', status, code: 'SlowDown' });
    Object.assign(process.env, { AWS_MAX_ATTEMPTS: '9' });
    expect(await codeOf(from())).toBe('503 STORE_UNAVAILABLE');
    expect(server.requests).toHaveLength(3);
  });

  test('once is no failure', async () => {
    server.will([{ kind: 'refused', status: 500, code: 'InternalError' }]);
    expect(await codeOf(from())).toBe('413 DOWNLOAD_TOO_LARGE');
    expect(server.requests).toHaveLength(2);
  });

  test.each([
    [403, 'AccessDenied'],
    [404, 'NoSuchBucket'],
    [403, 'InvalidObjectState'],
  ])('%i %s is not asked for again', async (status, code) => {
    server.will([], { kind: 'refused', status, code });
    expect(await codeOf(from())).toBe('422 DOWNLOAD_FAILED');
    expect(server.requests).toHaveLength(1);
  });

  test('a connection that breaks half-way gives nothing half', async () => {
    const small = new S3Server(Buffer.alloc(1000));
    const own = await small.start();
    small.will([], { kind: 'cut', after: 500 });
    expect(await codeOf(get(own, 's3://pictures/x'))).toBe('503 STORE_UNAVAILABLE');
    await small.stop();
  });

  test('an object that comes without end is over at the deadline', async () => {
    const slow = new S3Server(Buffer.alloc(1000));
    const own = await slow.start();
    const controller = new AbortController();
    slow.will([], { kind: 'slow', after: 500, then: () => controller.abort(new Error('late')) });
    expect(await codeOf(get(own, 's3://pictures/x', controller.signal))).toBe('504 DOWNLOAD_TIMEOUT');
    await slow.stop();
  });
});
