import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { createHash } from 'node:crypto';
import { AwsRecorder, type AwsRequest, type AwsResponse } from '../aws-recorder.ts';
import type { Run, Service } from '../service.ts';
import { digitsBehind, eventOf } from './behind.ts';
import { Table } from './table.ts';

const aws = new AwsRecorder();
let table: Table;
let env: NodeJS.ProcessEnv;
let service: Service;

const isMessage = ({ headers }: AwsRequest): boolean => headers['x-amz-target'] === 'AmazonSQS.SendMessage';
const messages = (): AwsRequest[] => aws.requests.filter(isMessage);
const objects = (): string[] =>
  aws.requests.filter(({ method }) => method === 'PUT').map(({ url }) => url.replace(/\?.*/, ''));

/** SQS that has taken a message. */
function taken({ body }: AwsRequest): AwsResponse {
  const { MessageBody } = JSON.parse(body.toString()) as { MessageBody: string };
  const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
  const answer = { MessageId: '5fea7756-0ea4-451a-a703-a558b933e274', MD5OfMessageBody };
  return { headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(answer) };
}

/** Ends the environment in the midst of the second output, as a timeout or a lack of memory does. */
const DEADLY = `
import type { Output } from './outputs/output.ts';
import { s3Output } from './outputs/s3/handler.ts';
import { sqsOutput } from './outputs/sqs/handler.ts';
const deadly: Output = {
  prepare: (result) => {
    const send = sqsOutput.prepare(result);
    return async () => {
      if (process.env['DIES']) process.kill(process.pid, 'SIGKILL');
      await send();
    };
  },
};
export const outputs: readonly Output[] = [s3Output, deadly];
`;

beforeAll(async () => {
  env = {
    ...(await aws.start()),
    OUTPUT_BUCKET: 'out',
    OUTPUT_PREFIX: '',
    OUTPUT_QUEUE: 'arn:aws:sqs:us-east-1:123456789012:answers',
    IDEMPOTENCY_TABLE: 'known',
  };
  service = await digitsBehind([{ kind: 'sqs' }], [{ kind: 's3', prefix: '' }, { kind: 'sqs' }], {
    'outputs.ts': DEADLY,
  });
}, 60_000);
beforeEach(() => {
  aws.reset();
  table = new Table();
  aws.answer = (request) => table.answer(request) ?? (isMessage(request) ? taken(request) : {});
});
afterAll(async () => {
  service.dispose();
  await aws.stop();
});

const event = eventOf<SQSEvent>({ kind: 'sqs' });
const id = event.Records[0]?.messageId ?? '';
const NONE = { batchItemFailures: [] };
const FAILED = { batchItemFailures: [{ itemIdentifier: id }] };
const replies = ({ outcomes }: Run): unknown[] => outcomes.map(({ value }) => value);

test('a message that comes twice is answered once; who was answered is kept as a hash and nothing else', async () => {
  const run = await service.run([event, event], { env });
  expect(replies(run)).toStrictEqual([NONE, NONE]);
  expect(messages()).toHaveLength(1);
  expect(objects()).toStrictEqual([`/out/${id}.json`]);
  expect([...table.items]).toStrictEqual([
    [
      createHash('sha256').update(`sqs/${id}`).digest('hex'),
      {
        id: { S: expect.stringMatching(/^[0-9a-f]{64}$/) },
        state: { S: 'done' },
        until: { N: '0' },
        expires: { N: expect.stringMatching(/^\d{10}$/) },
      },
    ],
  ]);
});

test('where the second output fails, the message is not lost, and comes through when it comes again', async () => {
  let fails = true;
  aws.answer = (request) => {
    if (!isMessage(request) || !fails) return table.answer(request) ?? (isMessage(request) ? taken(request) : {});
    fails = false;
    return { status: 400, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: '{"__type":"AccessDenied"}' };
  };
  const run = await service.run([event, event], { env });
  expect(replies(run)).toStrictEqual([FAILED, NONE]);
  expect(messages()).toHaveLength(2);
  // The same object twice.
  expect(new Set(objects()).size).toBe(1);
});

test('of two invocations with the same message one is at it, and the other does not count it as done', async () => {
  const run = await service.run([event, event], { env, concurrent: true });
  expect(replies(run)).toEqual(expect.arrayContaining([NONE, FAILED]));
  expect(messages()).toHaveLength(1);
});

test('an environment that ends between two outputs loses nothing: the message is worked on again when its time is over', async () => {
  await expect(service.run([event], { env: { ...env, DIES: 'yes' } })).rejects.toThrow('did not start');
  expect([objects().length, messages().length]).toStrictEqual([1, 0]);
  const whole = aws.requests.find(({ method }) => method === 'PUT')?.body.toString() ?? '';
  expect(JSON.parse(whole)).toHaveProperty('predictions');

  // Nobody says that the first one is gone.
  expect(replies(await service.run([event], { env }))).toStrictEqual([FAILED]);
  for (const [key, item] of table.items) table.items.set(key, { ...item, until: { N: '1' } });
  expect(replies(await service.run([event], { env }))).toStrictEqual([NONE]);
  expect(messages()).toHaveLength(1);
  expect(new Set(objects()).size).toBe(1);
});

test('without the table nothing of the message is done', async () => {
  aws.answer = (request) =>
    table.answer(request) ? { status: 400, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: '{"__type":"AccessDeniedException"}' } : {};
  const run = await service.run([event], { env });
  expect(replies(run)).toStrictEqual([FAILED]);
  expect([objects().length, messages().length]).toStrictEqual([0, 0]);
});
