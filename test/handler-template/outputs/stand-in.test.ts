import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateEventBusCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Output, Result } from '../../../handler-template/src/outputs/output.ts';
import { toDynamodb } from '../../../handler-template/src/outputs/dynamodb/handler.ts';
import { toEventbridge } from '../../../handler-template/src/outputs/eventbridge/handler.ts';
import { toS3 } from '../../../handler-template/src/outputs/s3/handler.ts';
import { toSqs } from '../../../handler-template/src/outputs/sqs/handler.ts';
import { describeWith } from '../../rig/need.ts';
import { startStandIn, type StandIn } from '../../rig/stand-in.ts';

const model = { name: 'digits', version: '1' };
const body = { predictions: [{ className: 'sieben – 七', probability: 0.99987 }], model };
const message = { id: 'request-1', name: 'folder/cat ü.jpg', trigger: 'sqs', hops: 1, answer: body };
const result: Result = {
  origin: { id: 'request-1', name: 'folder/cat ü.jpg', trigger: 'sqs' },
  answer: { kind: 'json', body },
};
const picture: Result = {
  origin: { id: 'request-2', name: 'folder/dog.png', trigger: 's3' },
  answer: { kind: 'bytes', name: 'image', contentType: 'image/png', bytes: Buffer.from([137, 80, 78, 71, 0, 255]) },
};
const sendTwice = async (output: Output, what: Result): Promise<void> => {
  await output.prepare(what)();
  await output.prepare(what)();
};

describeWith('stand-in', 'outputs, over HTTP by the SDK', () => {
  const before = { ...process.env };
  let aws: StandIn;
  beforeAll(async () => {
    aws = await startStandIn();
    Object.assign(process.env, aws.env, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
  }, 60_000);
  afterAll(async () => {
    process.env = before;
    await aws.stop();
  });

  const queueOf = async (name: string, Attributes = {}): Promise<{ url: string; arn: string }> => {
    const sqs = new SQSClient({});
    const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
    const asked = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] });
    return { url, arn: (await sqs.send(asked)).Attributes?.['QueueArn'] ?? '' };
  };
  const messagesOf = async (url: string): Promise<unknown[]> => {
    const asked = new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
    const { Messages = [] } = await new SQSClient({}).send(asked);
    return Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown);
  };

  test('s3: an object named after the input, once however often it is delivered; a picture is a picture', async () => {
    const s3 = new S3Client({ forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'answers' }));
    const env = { ...process.env, OUTPUT_BUCKET: 'answers', OUTPUT_PREFIX: 'out/' };
    await sendTwice(toS3(env), result);
    await toS3({ ...env, OUTPUT_FORMAT: 'text' }).prepare(result)();
    await toS3(env).prepare(picture)();
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'answers' }));
    expect(Contents.map(({ Key }) => Key).sort()).toEqual([
      'out/folder/cat ü.jpg.json',
      'out/folder/cat ü.jpg.txt',
      'out/folder/dog.png.png',
    ]);
    const get = async (Key: string): Promise<{ type: string | undefined; bytes: Buffer }> => {
      const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket: 'answers', Key }));
      return { type: ContentType, bytes: Buffer.from((await Body?.transformToByteArray()) ?? []) };
    };
    const json = await get('out/folder/cat ü.jpg.json');
    expect(json.type).toBe('application/json');
    expect(JSON.parse(json.bytes.toString())).toEqual(body);
    expect((await get('out/folder/cat ü.jpg.txt')).bytes.toString()).toBe('sieben – 七 0.9999\n');
    const png = await get('out/folder/dog.png.png');
    expect(png).toEqual({ type: 'image/png', bytes: Buffer.from([137, 80, 78, 71, 0, 255]) });
    expect(toS3(env).holds?.({ bucket: 'answers', key: 'out/x' })).toBe(true);
    expect(toS3(env).holds?.({ bucket: 'answers', key: 'in/x' })).toBe(false);
    expect(toS3(env).holds?.({ bucket: 'other', key: 'out/x' })).toBe(false);
  }, 60_000);

  test('dynamodb: an item per request, once however often it is delivered', async () => {
    const client = new DynamoDBClient({});
    await client.send(
      new CreateTableCommand({
        TableName: 'answers',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    await sendTwice(toDynamodb({ OUTPUT_TABLE: 'answers' }), result);
    const { Items = [] } = await client.send(new ScanCommand({ TableName: 'answers' }));
    expect(Items).toHaveLength(1);
    expect(Items[0]).toMatchObject({ id: { S: 'request-1' }, name: { S: 'folder/cat ü.jpg' }, trigger: { S: 'sqs' } });
    expect(JSON.parse(Items[0]?.['answer']?.S ?? '')).toEqual(body);
    expect(Number.isNaN(Date.parse(Items[0]?.['at']?.S ?? ''))).toBe(false);
  }, 60_000);

  test('sqs: a message; in a FIFO queue one, however often it is delivered', async () => {
    const plain = await queueOf('answers');
    await toSqs({ OUTPUT_QUEUE: plain.arn }).prepare(result)();
    expect(await messagesOf(plain.url)).toEqual([message]);
    const fifo = await queueOf('answers.fifo', { FifoQueue: 'true' });
    await sendTwice(toSqs({ OUTPUT_QUEUE: fifo.arn }), result);
    expect(await messagesOf(fifo.url)).toEqual([message]);
  }, 60_000);

  test('eventbridge: an event that a rule on source and type finds', async () => {
    const events = new EventBridgeClient({});
    const { url, arn } = await queueOf('events');
    const { EventBusArn = '' } = await events.send(new CreateEventBusCommand({ Name: 'ours' }));
    const pattern = { source: ['onnx-lambda.digits'], 'detail-type': ['Answer'] };
    await events.send(new PutRuleCommand({ Name: 'r', EventBusName: 'ours', EventPattern: JSON.stringify(pattern) }));
    await events.send(new PutTargetsCommand({ Rule: 'r', EventBusName: 'ours', Targets: [{ Id: 'q', Arn: arn }] }));
    const env = { OUTPUT_BUS: EventBusArn, OUTPUT_SOURCE: 'onnx-lambda.digits' };
    await toEventbridge(env).prepare(result)();
    expect(await messagesOf(url)).toMatchObject([{ source: 'onnx-lambda.digits', detail: message }]);
  }, 60_000);

  test('what is not there is a failure that says nothing of itself', async () => {
    for (const output of [
      toS3({ ...process.env, OUTPUT_BUCKET: 'nowhere' }),
      toDynamodb({ OUTPUT_TABLE: 'nowhere' }),
      toSqs({ OUTPUT_QUEUE: 'arn:aws:sqs:us-east-1:000000000000:nowhere' }),
    ])
      await expect(output.prepare(result)()).rejects.toMatchObject({
        code: 'OUTPUT_FAILED',
        message: expect.not.stringContaining('nowhere') as unknown,
      });
  }, 60_000);
});
