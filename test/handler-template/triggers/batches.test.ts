import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DynamoDBStreamEvent, KinesisStreamEvent, SQSEvent, StreamRecord } from 'aws-lambda';
import fc from 'fast-check';
import type { Trigger } from '../../../generator/triggers/table.ts';
import { AwsRecorder, s3Error } from '../aws-recorder.ts';
import type { Service } from '../service.ts';
import { digitsBehind, eventOf, request, SEVEN } from './behind.ts';

const aws = new AwsRecorder();
let env: NodeJS.ProcessEnv;
let service: Service;
const kinds = ['sqs', 'sqs-fifo', 'kinesis', 'dynamodb'] as const;
beforeAll(async () => {
  env = { ...(await aws.start()), OUTPUT_BUCKET: 'out', OUTPUT_PREFIX: '' };
  service = await digitsBehind(kinds.map((kind): Trigger => ({ kind })));
}, 60_000);
beforeEach(() => aws.reset());
afterAll(async () => {
  service.dispose();
  await aws.stop();
});

type Body = string | Uint8Array;
const GOOD = JSON.stringify(request());
const BAD = '{"image":"not base64!!@@"}';

/** One kind of batch: how it is made of what records hold, and which records (by number) a reply names when some are bad. */
interface Kind {
  readonly batch: (bodies: readonly Body[]) => object;
  readonly id: (at: number) => string;
  /** What the answer of a record is called. */
  readonly name: (at: number) => string;
  readonly failed: (isBad: readonly boolean[]) => readonly number[];
  /** Which are worked on. */
  readonly answered: (isBad: readonly boolean[]) => readonly number[];
}

const indices = (all: readonly boolean[], keep: (at: number) => boolean): number[] =>
  all.map((_, at) => at).filter(keep);
const firstBad = (isBad: readonly boolean[]): number => (isBad.includes(true) ? isBad.indexOf(true) : isBad.length);
const beforeBad = (isBad: readonly boolean[]): number[] => indices(isBad, (at) => at < firstBad(isBad));

function sqsBatch(kind: 'sqs' | 'sqs-fifo'): (bodies: readonly Body[]) => SQSEvent {
  const [record] = eventOf<SQSEvent>({ kind }).Records;
  if (!record) throw new Error('no record');
  return (bodies) => ({
    Records: bodies.map((body, at) => ({ ...record, messageId: `m-${at}`, body: String(body) })),
  });
}

function kinesisBatch(bodies: readonly Body[]): KinesisStreamEvent {
  const { Records } = eventOf<KinesisStreamEvent>({ kind: 'kinesis' });
  return {
    Records: bodies.flatMap((body, at) =>
      Records.map((record) => ({
        ...record,
        eventID: `shard:${at}`,
        kinesis: { ...record.kinesis, sequenceNumber: `s-${at}`, data: Buffer.from(body).toString('base64') },
      })),
    ),
  };
}

type Image = StreamRecord['NewImage'];

function streamBatch(images: readonly Image[]): DynamoDBStreamEvent {
  const { Records } = eventOf<DynamoDBStreamEvent>({ kind: 'dynamodb' });
  return {
    Records: images.flatMap((image, at) =>
      Records.map((record) => {
        const change = { Keys: { id: { S: `i-${at}` } }, SequenceNumber: `s-${at}`, ...(image && { NewImage: image }) };
        return { ...record, eventID: `e-${at}`, dynamodb: change };
      }),
    ),
  };
}

const stream = {
  id: (at: number) => `s-${at}`,
  failed: (isBad: readonly boolean[]) => indices(isBad, (at) => at === firstBad(isBad)),
  answered: beforeBad,
};
const KINDS: Readonly<Record<(typeof kinds)[number], Kind>> = {
  sqs: {
    batch: sqsBatch('sqs'),
    id: (at) => `m-${at}`,
    name: (at) => `m-${at}`,
    failed: (isBad) => indices(isBad, (at) => isBad[at] === true),
    answered: (isBad) => indices(isBad, (at) => isBad[at] === false),
  },
  'sqs-fifo': {
    batch: sqsBatch('sqs-fifo'),
    id: (at) => `m-${at}`,
    name: (at) => `m-${at}`,
    failed: (isBad) => indices(isBad, (at) => at >= firstBad(isBad)),
    answered: beforeBad,
  },
  kinesis: { ...stream, batch: kinesisBatch, name: (at) => `shard-${at}` },
  dynamodb: {
    ...stream,
    batch: (bodies) => streamBatch(bodies.map((body) => ({ request: { S: String(body) } }))),
    name: (at) => `i-${at}`,
  },
};

const written = (): string[] => aws.requests.map(({ url }) => url.replace(/\?.*/, ''));
const answerOf = (name: string): string => `/out/${name}.json`;

/** What a reply names. */
const named = (value: unknown): unknown => (value as { batchItemFailures?: unknown } | undefined)?.batchItemFailures;
const failures = (ids: readonly string[]): object[] => ids.map((itemIdentifier) => ({ itemIdentifier }));

describe.each(kinds)('%s', (kind) => {
  const { batch, id, name, failed, answered } = KINDS[kind];
  const bodies = (isBad: readonly boolean[]): string[] => isBad.map((bad) => (bad ? BAD : GOOD));

  test('item 3 of 10 is bad', async () => {
    const isBad = Array.from({ length: 10 }, (_, at) => at === 2);
    const { outcomes } = await service.run([batch(bodies(isBad))], { env });
    const expected = { sqs: [2], 'sqs-fifo': [2, 3, 4, 5, 6, 7, 8, 9], kinesis: [2], dynamodb: [2] }[kind];
    expect(outcomes[0]?.value).toStrictEqual({ batchItemFailures: failures(expected.map(id)) });
  });

  test('whatever is bad, the reply names what AWS shall send again, and the rest has its answer', async () => {
    const patterns = fc.sample(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), 25);
    const { outcomes } = await service.run(patterns.map((pattern) => batch(bodies(pattern))), { env });
    expect(outcomes.map(({ value }) => named(value))).toStrictEqual(
      patterns.map((pattern) => failures(failed(pattern).map(id))),
    );
    expect(written()).toStrictEqual(patterns.flatMap((pattern) => answered(pattern).map(name).map(answerOf)));
  });

  test('an output that fails for one record fails that record', async () => {
    aws.answer = ({ url }) => (url.startsWith(answerOf(name(1))) ? s3Error(403, 'AccessDenied') : {});
    const { outcomes } = await service.run([batch([GOOD, GOOD, GOOD])], { env });
    expect(named(outcomes[0]?.value)).toStrictEqual(failures(failed([false, true, false]).map(id)));
  });

  test('when all fail they are reported: the function itself did not fail', async () => {
    const { outcomes, log } = await service.run([batch(['', '{'])], { env });
    expect(outcomes[0]).not.toHaveProperty('error');
    expect(named(outcomes[0]?.value)).toStrictEqual(failures(failed([true, true]).map(id)));
    expect(log).toContainEqual(expect.objectContaining({ message: 'a record failed', code: 'EMPTY_BODY' }));
    expect(JSON.stringify(log)).not.toContain('not base64');
  });
});

const picture = SEVEN.toString('base64');

test.each([
  ['an SNS notification in a queue', sqsBatch('sqs')([notification(GOOD)]), 'm-0'],
  ['a picture in a stream', kinesisBatch([SEVEN]), 'shard-0'],
  ['a map in an item', streamBatch([{ request: { M: { image: { S: picture }, top: { N: '1' } } } }]), 'i-0'],
  ['a picture in an item', streamBatch([{ request: { B: picture } }]), 'i-0'],
])('%s is a request', async (_, event, name) => {
  const { outcomes } = await service.run([event], { env });
  expect(outcomes[0]?.value).toStrictEqual({ batchItemFailures: [] });
  expect(written()).toStrictEqual([answerOf(name)]);
  const answer = JSON.parse(aws.requests[0]?.body.toString() ?? '') as { predictions: object[] };
  expect(answer.predictions[0]).toMatchObject({ className: 'seven' });
});

test('an item that was removed, or has no request, is none', async () => {
  const { outcomes } = await service.run([streamBatch([undefined, { note: { S: 'none' } }])], { env });
  expect(outcomes[0]?.value).toStrictEqual({ batchItemFailures: [] });
  expect(aws.requests).toStrictEqual([]);
});

test('an attribute that can be no request fails', async () => {
  const { outcomes, log } = await service.run([streamBatch([{ request: { N: '7' } }])], { env });
  expect(named(outcomes[0]?.value)).toStrictEqual(failures(['s-0']));
  expect(log).toContainEqual(expect.objectContaining({ code: 'INVALID_REQUEST', record: 'e-0' }));
});

/** What SNS puts into a queue. */
function notification(message: string): string {
  return JSON.stringify({
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: 'arn:aws:sns:us-east-1:123456789012:example',
    Message: message,
    Timestamp: '2025-01-01T00:00:00.000Z',
  });
}
