import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBin } from '../rig/bins.ts';
import { createDigits } from '../rig/digits.ts';
import { describeWith } from '../rig/need.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';

const SLOW = 120_000;
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:answers';

describeWith('stand-in', 'invoke --event, where a stand-in for AWS is named', () => {
  let aws: StandIn;
  let root: string;
  let config: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  let s3: S3Client;
  beforeAll(async () => {
    aws = await startStandIn();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    config = { endpoint: aws.endpoint, region: 'us-east-1', credentials };
    s3 = new S3Client({ ...config, forcePathStyle: true });
    for (const Bucket of ['pictures', 'answers']) await s3.send(new CreateBucketCommand({ Bucket }));
    await new SQSClient(config).send(new CreateQueueCommand({ QueueName: 'answers' }));
    const dynamodb = new DynamoDBClient(config);
    // One for answers, and what the stack makes beside an output that can't tell what comes twice: here by its logical id.
    for (const TableName of ['answers', 'IdempotencyTable'])
      await dynamodb.send(
        new CreateTableCommand({
          TableName,
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          BillingMode: 'PAY_PER_REQUEST',
        }),
      );
    root = join(mkdtempSync(join(tmpdir(), 'invoke-stand-in-')), 'digits');
    const outputs = ['s3=s3://answers/digits/', 'dynamodb=answers', `sqs=${QUEUE}`];
    await createDigits(root, ['--trigger', 's3,sns', '--output', outputs.join(',')]);
  }, SLOW);
  afterAll(async () => {
    await aws.stop();
    rmSync(join(root, '..'), { recursive: true, force: true });
  });
  const invoke = (...args: string[]) =>
    runBin('project', ['invoke', ...args], {
      cwd: root,
      env: { AWS_ENDPOINT_URL: aws.endpoint, AWS_REGION: 'us-east-1' },
    });

  test('the fixture is put into the bucket, and what came out is there, and is shown', async () => {
    const { stderr, exitCode } = await invoke('--event', 's3', '--bucket', 'pictures', 'fixtures/seven.png');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringMatching(/^s3 {2}answers {2}digits\/seven.png.json /m) });
    expect(stderr).toMatch(/^dynamodb {2}answers {2}[^]*^sqs {2}answers {2}/m);
    const object = await s3.send(new GetObjectCommand({ Bucket: 'answers', Key: 'digits/seven.png.json' }));
    expect(JSON.parse((await object.Body?.transformToString()) ?? '')).toHaveProperty('predictions.0.className', 'seven');
    const { Items = [] } = await new DynamoDBClient(config).send(new ScanCommand({ TableName: 'answers' }));
    expect(Items.map(({ name }) => name?.S)).toEqual(['seven.png']);
    const sqs = new SQSClient(config);
    const QueueUrl = `${aws.endpoint}/000000000000/answers`;
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages.map(({ Body = '' }) => (JSON.parse(Body) as { name: string }).name)).toEqual(['seven.png']);
  }, SLOW); // prettier-ignore

  test('what the stand-in refuses is not told as written', async () => {
    const { stdout, stderr, exitCode } = await invoke('--event', 's3', '--bucket', 'nowhere', 'fixtures/seven.png');
    expect([exitCode, String(stdout)]).toEqual([2, '']);
    expect(stderr).toMatch(/^USAGE: .*NoSuchBucket/m);
    expect(stderr).not.toMatch(/^s3 {2}/m);
  }, SLOW); // prettier-ignore
});
