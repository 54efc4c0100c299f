import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { S3Event } from 'aws-lambda';
import { AwsRecorder, s3Error, type AwsResponse } from '../aws-recorder.ts';
import { picture, type Service } from '../service.ts';
import { digitsBehind, eventOf, request, SEVEN } from './behind.ts';

const aws = new AwsRecorder();
let env: NodeJS.ProcessEnv;
let service: Service;
beforeAll(async () => {
  env = { ...(await aws.start()), OUTPUT_BUCKET: 'out', OUTPUT_PREFIX: 'answers/' };
  service = await digitsBehind([{ kind: 's3' }]);
}, 60_000);
beforeEach(() => {
  aws.reset();
  aws.answer = ({ method, url }) => (method === 'GET' ? objectAt(url) : {});
});
afterAll(async () => {
  service.dispose();
  await aws.stop();
});

const file = (body: string | Uint8Array, type = 'binary/octet-stream'): AwsResponse => ({
  body,
  headers: { 'content-type': type },
});
const json = JSON.stringify(request());
const OBJECTS: Readonly<Record<string, AwsResponse>> = {
  '/in/a b c': file(SEVEN),
  '/in/seven.png': file(SEVEN, 'image/png'),
  '/in/nine.webp': file(picture('nine.webp')),
  '/in/request.json': file(json),
  '/in/request': file(json, 'application/json; charset=utf-8'),
  '/in/page.png': file('<!doctype html>', 'image/png'),
  '/in/latin.json': file(Buffer.from('"\xe9"', 'latin1')),
  '/in/empty': file(''),
  // It says 10 bytes in its event.
  '/in/grown': file(Buffer.alloc(20_000_001)),
};
const pathOf = (url: string): string => decodeURIComponent(url.replace(/\?.*/, ''));
const objectAt = (url: string): AwsResponse => OBJECTS[pathOf(url)] ?? s3Error(404, 'NoSuchKey');

/** The event of an object as S3 sends it. @param key URL-encoded */
function written(key: string, { bucket = 'in', ...more }: Record<string, unknown> = {}): S3Event {
  const event = eventOf<S3Event>({ kind: 's3' });
  for (const { s3 } of event.Records) {
    s3.bucket.name = String(bucket);
    Object.assign(s3.object, { key, size: 10, ...more });
  }
  return event;
}

const asked = (method: string): string[] =>
  aws.requests.filter((one) => one.method === method).map(({ url }) => pathOf(url));

test.each([
  ['a+b%20c', 'a b c', 'seven'],
  ['seven.png', 'seven.png', 'seven'],
  ['nine.webp', 'nine.webp', 'nine'],
  ['request.json', 'request.json', 'seven'],
  ['request', 'request', 'seven'],
])('object %s is read as %j and answered beside others', async (key, name, className) => {
  const { outcomes } = await service.run([written(key)], { env });
  expect(outcomes[0]).not.toHaveProperty('error');
  expect(asked('GET')).toStrictEqual([`/in/${name}`]);
  expect(asked('PUT')).toStrictEqual([`/out/answers/${name}.json`]);
  const answer = JSON.parse(aws.requests.at(-1)?.body.toString() ?? '') as { predictions: object[] };
  expect(answer.predictions[0]).toMatchObject({ className });
});

test('the same event twice leaves one object', async () => {
  await service.run([written('seven.png'), written('seven.png')], { env });
  expect(new Set(asked('PUT')).size).toBe(1);
});

test('of a bucket with versions it is the version of the event that is read', async () => {
  await service.run([written('seven.png', { versionId: 'v.1' })], { env });
  expect(new URL(aws.requests[0]?.url ?? '', 'http://s3').searchParams.get('versionId')).toBe('v.1');
});

test.each([
  ['not URL-encoded', '%E0%A4%A', {}, 'INVALID_REQUEST', 0],
  ['too large by its event', 'seven.png', { size: 20_000_001 }, 'DOWNLOAD_TOO_LARGE', 0],
  ['larger than its event says', 'grown', {}, 'DOWNLOAD_TOO_LARGE', 1],
  ['gone', 'gone.png', {}, 'DOWNLOAD_FAILED', 1],
  ['a page that is called a picture', 'page.png', {}, 'UNSUPPORTED_PICTURE', 1],
  ['no UTF-8', 'latin.json', {}, 'INVALID_JSON', 1],
  ['empty', 'empty', {}, 'EMPTY_BODY', 1],
])('an object that is %s fails the event, and nothing is written', async (_, key, more, code, reads) => {
  const { outcomes, log } = await service.run([written(key, more)], { env });
  expect(outcomes[0]?.error?.name).toBe(code);
  expect([asked('GET').length, asked('PUT').length]).toStrictEqual([reads, 0]);
  expect(log).toContainEqual(expect.objectContaining({ message: 'a record failed', trigger: 's3', code }));
});

test('of several records the others are answered when one fails', async () => {
  const [first, last] = [written('gone.png'), written('seven.png')];
  const { outcomes } = await service.run([{ Records: [...first.Records, ...last.Records] }], { env });
  expect(outcomes[0]?.error?.name).toBe('DOWNLOAD_FAILED');
  expect(asked('PUT')).toStrictEqual(['/out/answers/seven.png.json']);
});

test.each([
  ['S3 that tries out a notification', { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'in' }],
  ['an answer of its own', written('answers/seven.png.json', { bucket: 'out' })],
  ['an empty folder', written('pictures/')],
])('%s is no request', async (_, event) => {
  const { outcomes } = await service.run([event], { env });
  expect(outcomes[0]).not.toHaveProperty('error');
  expect(aws.requests).toStrictEqual([]);
});
