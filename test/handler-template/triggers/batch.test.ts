import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { BatchEvent, Item, ItemResult } from '../../../handler-template/src/triggers/batch/event.ts';
import { batch } from '../../generator/template/blueprints.ts';
import { AwsRecorder, s3Error } from '../aws-recorder.ts';
import { picture, type Outcome, type Service } from '../service.ts';
import { digitsBehind, request, SEVEN } from './behind.ts';

const aws = new AwsRecorder();
let env: NodeJS.ProcessEnv;
let service: Service;
beforeAll(async () => {
  env = { ...(await aws.start()), BATCH_BUCKET: 'pictures' };
  service = await digitsBehind([batch], []);
}, 60_000);
afterEach(() => aws.reset());
afterAll(async () => {
  service.dispose();
  await aws.stop();
});

type Given = Partial<BatchEvent['BatchInput']> & Partial<Pick<BatchEvent, 'Attempt' | 'Retries'>>;

const event = (items: readonly Item[], { Attempt = 0, Retries = 2, ...input }: Given = {}): BatchEvent => ({
  BatchInput: { format: 'objects', manifest: '', run: 'run', strict: false, ...input },
  Items: items.map((Item, Index) => ({ Index, Item })),
  Attempt,
  Retries,
});
const lines = { format: 'jsonl', manifest: 'all.jsonl' } as const;
const run = async (given: BatchEvent): Promise<Outcome> => (await service.run([given], { env })).outcomes[0] as Outcome;
const resultsOf = ({ value, error }: Outcome): readonly ItemResult[] => {
  expect(error).toBeUndefined();
  return value as unknown as readonly ItemResult[];
};
const right = (item: string, className: string): object =>
  expect.objectContaining({
    item,
    ok: true,
    answer: expect.objectContaining({ predictions: expect.arrayContaining([expect.objectContaining({ className })]) }),
  }) as object;
const wrong = (item: string, code: string): object =>
  expect.objectContaining({ item, ok: false, error: expect.objectContaining({ code }) }) as object;

test('objects are fetched from the bucket and answered in their order; one that is bad, or gone, is its own', async () => {
  const objects: Readonly<Record<string, Uint8Array>> = {
    'new/seven.png': SEVEN,
    'new/bad.png': Buffer.from('no picture'),
    'new/three.json': Buffer.from(JSON.stringify(request(picture('three.jpg')))),
  };
  aws.answer = ({ url }) => {
    const [, key = ''] = /^\/pictures\/([^?]*)/.exec(url) ?? [];
    return objects[key] ? { body: objects[key] } : s3Error(404, 'NoSuchKey');
  };
  const keys = ['new/', 'new/seven.png', 'new/bad.png', 'new/three.json', 'new/gone.png'];
  const outcome = await run(event(keys.map((Key) => ({ Key, Size: Key.endsWith('/') ? 0 : 9 }))));
  expect(resultsOf(outcome)).toEqual([
    { item: 'new/', ok: true, skipped: true },
    right('new/seven.png', 'seven'),
    wrong('new/bad.png', 'UNSUPPORTED_PICTURE'),
    right('new/three.json', 'three'),
    wrong('new/gone.png', 'DOWNLOAD_FAILED'),
  ]);
});

test('lines are requests, called after their place in the manifest; one with a key stands for an object', async () => {
  aws.answer = () => ({ body: SEVEN });
  const items = [request(picture('one.jpg')), { Key: 'seven.png' }, { image: 'no base64!' }, { other: 1 }];
  expect(resultsOf(await run(event(items as Item[], lines)))).toEqual([
    right('all.jsonl/0', 'one'),
    right('seven.png', 'seven'),
    wrong('all.jsonl/2', 'INVALID_BASE64'),
    wrong('all.jsonl/3', 'INVALID_REQUEST'),
  ]);
});

test('where S3 fails, the batch is run again, but the last time says which item it was', async () => {
  aws.answer = ({ url }) => (url.includes('bad') ? s3Error(503, 'SlowDown') : { body: SEVEN });
  const items = [{ Key: 'good.png' }, { Key: 'bad.png' }];
  expect((await run(event(items))).error?.name).toBe('BatchUnfinished');
  expect((await run(event(items, { Attempt: 1 }))).error?.name).toBe('BatchUnfinished');
  expect(resultsOf(await run(event(items, { Attempt: 2 })))).toEqual([
    right('good.png', 'seven'),
    wrong('bad.png', 'STORE_UNAVAILABLE'),
  ]);
});

test('strict: an item that fails fails the batch', async () => {
  const items = [request(), { image: 'no base64!' }] as Item[];
  expect((await run(event(items, { ...lines, strict: true }))).error?.name).toBe('BatchHasFailures');
  expect(resultsOf(await run(event(items.slice(0, 1), { ...lines, strict: true })))).toHaveLength(1);
});

test('results stay within what a state may answer; what has no room is said to be lost', async () => {
  const items = Array.from({ length: 1000 }, () => ({ image: SEVEN.toString('base64'), top: 10 }));
  const results = resultsOf(await run(event(items, lines)));
  expect(Buffer.byteLength(JSON.stringify(results))).toBeLessThan(262_144);
  expect(results).toHaveLength(1000);
  const lost = results.filter(({ ok }) => !ok);
  expect(lost.length).toBeGreaterThan(0);
  expect(lost.length).toBeLessThan(1000);
  expect(new Set(lost.map((one) => ('error' in one ? one.error.code : '')))).toEqual(new Set(['RESPONSE_TOO_LARGE']));
}, 60_000);
