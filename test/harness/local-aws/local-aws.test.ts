import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { LocalAws } from '../../../harness/local-aws/local-aws.ts';
import { unchunked } from '../../../harness/local-aws/s3.ts';

let root: string;
let aws: LocalAws;
let config: {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
};
let s3: S3Client;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'local-aws-'));
  aws = await LocalAws.start(root);
  const { AWS_ENDPOINT_URL: endpoint = '', AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = aws.variables;
  config = { endpoint, region: 'eu-central-1', credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
  s3 = new S3Client({ ...config, forcePathStyle: true });
}); // prettier-ignore
afterAll(async () => {
  await aws.close();
  rmSync(root, { recursive: true, force: true });
});

const last = () => aws.written.at(-1);

test('an object that was put is there, byte by byte, under any key and with its type', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (const Key of ['a/b c+d.png', 'ü/../..', 'x'.repeat(1000), 'a/b c+d.png/below']) {
    await s3.send(new PutObjectCommand({ Bucket: 'out', Key, Body: bytes, ContentType: 'image/png' }));
    expect(last()).toMatchObject({ to: 's3', name: 'out', key: Key });
    const { Body, ContentType, ContentLength } = await s3.send(new GetObjectCommand({ Bucket: 'out', Key }));
    expect([await Body?.transformToByteArray(), ContentType, ContentLength]).toEqual([bytes, 'image/png', 256]);
  }
  expect(readdirSync(root)).toEqual(['.onnx-lambda']);
}); // prettier-ignore

test('an object that is sent in pieces is whole', async () => {
  const Body = Readable.from([Buffer.from('one '), Buffer.from('two')]);
  await s3.send(new PutObjectCommand({ Bucket: 'out', Key: 'pieces.txt', Body, ContentLength: 7 }));
  expect(readFileSync(join(root, '.onnx-lambda/local-aws/s3/out/pieces.txt'), 'utf8')).toBe('one two');
});

test('what was chunked is what it was, however it was cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 })), (pieces) => {
      const chunks = pieces.map((piece) => [`${piece.length.toString(16)};chunk-signature=0\r\n`, piece, '\r\n']);
      const body = [...chunks.flat(), '0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n'].map((part) => Buffer.from(part as string));
      expect(unchunked(Buffer.concat(body))).toEqual(Buffer.concat(pieces));
    }),
  );
}); // prettier-ignore

test('a user’s object is there for the function, and is nothing that the function wrote', async () => {
  const before = aws.written.length;
  aws.put('in', 'seven.png', Buffer.from('picture'), 'image/png');
  await s3.send(new HeadObjectCommand({ Bucket: 'in', Key: 'seven.png' }));
  expect(aws.written).toHaveLength(before);
  await expect(s3.send(new GetObjectCommand({ Bucket: 'in', Key: 'gone' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
}); // prettier-ignore

test('messages, items, events and invocations are kept as they were sent', async () => {
  const sqs = new SQSClient(config);
  const QueueUrl = 'https://sqs.eu-central-1.amazonaws.com/123456789012/answers';
  // The client compares the message's MD5 itself.
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"ü":1}', MessageDeduplicationId: 'id' }));
  expect(last()).toEqual({ to: 'sqs', name: 'answers', key: 'id', content: '{"ü":1}' });
  const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: `body ${Id}` }));
  expect((await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).Successful).toHaveLength(2);
  expect(last()).toEqual({ to: 'sqs', name: 'answers', key: 'b', content: 'body b' });
  const Item = { id: { S: 'r-1' }, n: { N: '1.5' }, l: { L: [{ BOOL: true }, { NULL: true }] }, m: { M: { s: { S: '' } } } };
  await new DynamoDBClient(config).send(new PutItemCommand({ TableName: 'answers', Item }));
  expect(last()).toMatchObject({ to: 'dynamodb', name: 'answers', key: 'r-1' });
  expect(JSON.parse(String(last()?.content))).toEqual({ id: 'r-1', n: 1.5, l: [true, null], m: { s: '' } });
  const events = new EventBridgeClient(config);
  const entry = { EventBusName: 'bus', Source: 's', DetailType: 'Answer', Detail: '{}' };
  expect((await events.send(new PutEventsCommand({ Entries: [entry] }))).FailedEntryCount).toBe(0);
  expect(last()).toEqual({ to: 'eventbridge', name: 'bus', key: 'Answer', content: '{}' });
  const lambda = new LambdaClient(config);
  const FunctionName = 'arn:aws:lambda:eu-central-1:123456789012:function:next';
  const invoked = await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: '{"a":1}' }));
  expect(invoked.StatusCode).toBe(202);
  expect(last()).toEqual({ to: 'lambda', name: FunctionName, key: 'Event', content: '{"a":1}' });
}); // prettier-ignore

test.each([
  ['an operation that no function of ours calls', () => new DynamoDBClient(config).send(new ScanCommand({ TableName: 't' }))],
  ['an invocation that is waited for', () => new LambdaClient(config).send(new InvokeCommand({ FunctionName: 'f' }))],
  ['a list', () => s3.send(new ListBucketsCommand({}))],
])('%s is refused as not there', async (_, send) => {
  await expect(send() as Promise<unknown>).rejects.toMatchObject({ name: 'NotImplemented' });
}); // prettier-ignore
