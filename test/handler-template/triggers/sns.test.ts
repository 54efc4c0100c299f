import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { SNSEvent } from 'aws-lambda';
import { AwsRecorder, s3Error } from '../aws-recorder.ts';
import type { Service } from '../service.ts';
import { digitsBehind, eventOf } from './behind.ts';

const aws = new AwsRecorder();
let env: NodeJS.ProcessEnv;
let service: Service;
beforeAll(async () => {
  env = { ...(await aws.start()), OUTPUT_BUCKET: 'out', OUTPUT_PREFIX: 'answers/' };
  service = await digitsBehind([{ kind: 'sns' }]);
}, 60_000);
afterEach(() => aws.reset());
afterAll(async () => {
  service.dispose();
  await aws.stop();
});

const id = '95df01b4-ee98-5cb9-9903-4c221d41eb5e';
const sns = (message?: string): SNSEvent => {
  const event = eventOf<SNSEvent>({ kind: 'sns' });
  for (const { Sns } of event.Records) Sns.Message = message ?? Sns.Message;
  return event;
};

test('a message is answered to the output under its own id, the same when it comes again', async () => {
  const { outcomes, log } = await service.run([sns(), sns()], { env });
  expect(outcomes.map(({ error }) => error)).toStrictEqual([undefined, undefined]);
  expect(aws.requests.map(({ method, url }) => `${method} ${url.replace(/\?.*/, '')}`)).toStrictEqual([
    `PUT /out/answers/${id}.json`,
    `PUT /out/answers/${id}.json`,
  ]);
  expect(JSON.parse(aws.requests[0]?.body.toString() ?? '')).toMatchObject({ predictions: [{ className: 'seven' }] });
  expect(log.filter(({ Predictions }) => Predictions === 1)).toHaveLength(2);
});

test.each([
  ['', 'EMPTY_BODY'],
  ['{', 'INVALID_JSON'],
  ['{"image":"not base64!!@@"}', 'INVALID_BASE64'],
  ['{"__proto__":{"polluted":true}}', 'INVALID_REQUEST'],
])('%j fails the event with its code, and nothing is written', async (message, code) => {
  const { outcomes, log, polluted } = await service.run([sns(message)], { env });
  expect(outcomes[0]?.error?.name).toBe(code);
  expect(aws.requests).toStrictEqual([]);
  expect(log).toContainEqual(expect.objectContaining({ message: 'a record failed', record: id, code }));
  expect(log.filter(({ Refused }) => Refused === 1)).toHaveLength(1);
  expect(polluted).toBe(false);
});

test('an output that fails fails the event, so that Lambda sends it again', async () => {
  aws.answer = () => s3Error(403, 'AccessDenied');
  const { outcomes } = await service.run([sns()], { env });
  expect(outcomes[0]?.error).toBeDefined();
  expect(aws.requests).toHaveLength(1);
});
