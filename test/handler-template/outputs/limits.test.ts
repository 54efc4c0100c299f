import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Output, Result } from '../../../handler-template/src/outputs/output.ts';
import { toDynamodb } from '../../../handler-template/src/outputs/dynamodb/handler.ts';
import { toEventbridge } from '../../../handler-template/src/outputs/eventbridge/handler.ts';
import { toLambda } from '../../../handler-template/src/outputs/lambda/handler.ts';
import { toSqs } from '../../../handler-template/src/outputs/sqs/handler.ts';
import { AwsRecorder } from '../aws-recorder.ts';

const before = { ...process.env };
const aws = new AwsRecorder();
beforeAll(async () => void Object.assign(process.env, await aws.start()));
beforeEach(() => aws.reset());
afterAll(async () => {
  process.env = before;
  await aws.stop();
});

const origin = { id: 'i', name: 'n', trigger: 's3' };
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:next';
const BUS = { OUTPUT_BUS: 'ours', OUTPUT_SOURCE: 's' };
const around = JSON.stringify({ ...origin, hops: 1, answer: { text: '' } }).length;

/** Each with the largest text that an answer may have there. */
const OUTPUTS: readonly (readonly [string, () => Output, number])[] = [
  ['lambda', () => toLambda({ OUTPUT_FUNCTION: FUNCTION }), 1_048_576 - around],
  ['sqs', () => toSqs({ OUTPUT_QUEUE: 'arn:aws:sqs:us-east-1:123456789012:q' }), 1_048_576 - around],
  ['eventbridge', () => toEventbridge(BUS), 262_143 - around - 's'.length - 'Answer'.length],
  [
    'dynamodb',
    () => toDynamodb({ OUTPUT_TABLE: 't' }),
    409_600 - ['id', 'i', 'name', 'n', 'trigger', 's3', 'answer', '{"text":""}', 'at', new Date().toISOString()].join('').length,
  ],
]; // prettier-ignore

const answered = (text: string): Result => ({ origin, answer: { kind: 'json', body: { text } } });

test.each(OUTPUTS)('%s takes an answer up to its limit, and none over it', (kind, make, room) => {
  const output = make();
  expect(typeof output.prepare(answered('x'.repeat(room)))).toBe('function');
  expect(() => output.prepare(answered('x'.repeat(room + 1)))).toThrow(
    expect.objectContaining({ code: 'OUTPUT_TOO_LARGE', status: 413, message: expect.stringContaining(kind) as unknown }),
  );
  const bytes = Buffer.alloc(8_000_000);
  const picture: Result = { origin, answer: { kind: 'bytes', name: 'image', contentType: 'image/png', bytes } };
  expect(() => output.prepare(picture)).toThrow(expect.objectContaining({ code: 'OUTPUT_TOO_LARGE' }));
  expect(aws.requests).toEqual([]);
}); // prettier-ignore

test('lambda: an event that is not waited for', async () => {
  aws.answer = () => ({ status: 202 });
  await toLambda({ OUTPUT_FUNCTION: FUNCTION }).prepare(answered('ü'))();
  const [request] = aws.requests;
  expect(request?.headers['x-amz-invocation-type']).toBe('Event');
  expect(decodeURIComponent(request?.url ?? '')).toBe(`/2015-03-31/functions/${FUNCTION}/invocations`);
  expect(JSON.parse(String(request?.body))).toEqual({ ...origin, hops: 1, answer: { text: 'ü' } });
});

const JSON_HEADERS = { 'content-type': 'application/x-amz-json-1.1' };

test.each([
  ['ThrottlingException', 'OUTPUT_UNAVAILABLE'],
  ['InternalFailure', 'OUTPUT_UNAVAILABLE'],
  ['NotAuthorizedForSourceException', 'OUTPUT_FAILED'],
])('eventbridge: an entry that is refused (%s) is a failure although the answer is 200', async (ErrorCode, code) => {
  const body = JSON.stringify({ FailedEntryCount: 1, Entries: [{ ErrorCode, ErrorMessage: 'no' }] });
  aws.answer = () => ({ headers: JSON_HEADERS, body });
  await expect(toEventbridge(BUS).prepare(answered(''))()).rejects.toMatchObject({ code });
});

test.each([
  [400, 'ProvisionedThroughputExceededException', 'OUTPUT_UNAVAILABLE'],
  [400, 'ValidationException', 'OUTPUT_FAILED'],
  [403, 'AccessDeniedException', 'OUTPUT_FAILED'],
  [503, 'ServiceUnavailable', 'OUTPUT_UNAVAILABLE'],
])('dynamodb: %i %s', async (status, name, code) => {
  const body = JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'secret' });
  aws.answer = () => ({ status, headers: JSON_HEADERS, body });
  await expect(toDynamodb({ OUTPUT_TABLE: 't' }).prepare(answered(''))()).rejects.toMatchObject({
    code,
    message: expect.not.stringContaining('secret') as unknown,
  });
  expect(aws.requests.length).toBeLessThanOrEqual(3);
});
