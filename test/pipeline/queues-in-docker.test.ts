import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually } from '../recipes/eventually.ts';
import { clientOf, createProject } from '../recipes/kit.ts';
import { DIGITS } from '../rig/digits.ts';
import { describeWith } from '../rig/need.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';
import { lookInto, tool } from './run.ts';

jest.setTimeout(8 * 60_000);

const STACK = 'queued-dev';

describeWith(
  ['sam', 'docker', 'stand-in'],
  'queues and a topic, deployed: what comes in, what goes out, what is put aside',
  () => {
    let root: string;
    let aws: StandIn;
    let sqs: SQSClient;
    const id = (logical: string): Promise<string> => lookInto(aws).physicalId(STACK, logical);
    beforeAll(async () => {
      root = join(mkdtempSync(join(tmpdir(), 'onnx-lambda-queued-')), 'queued');
      const model = ['--model', `${DIGITS}/digits.onnx`, '--labels', `${DIGITS}/labels.txt`, '--pictures', DIGITS];
      await createProject(root, [...model, '--trigger', 'sqs,sqs-fifo,sns', '--output', 'sqs,dynamodb']);
      aws = await startStandIn({ executor: 'docker', calledByFunctions: true });
      sqs = new SQSClient(clientOf(aws));
      const { exitCode, stderr } = await tool(root, ['deploy', '--stage', 'dev'], aws.env);
      if (exitCode !== 0) throw new Error(stderr);
    });
    afterAll(async () => {
      await aws.stop();
      rmSync(dirname(root), { recursive: true, force: true });
    });

    const request = (picture: string): string =>
      JSON.stringify({ image: readFileSync(`${DIGITS}/${picture}`).toString('base64'), top: 1 });

    /** What is in a queue, taken out of it, once it is so much. */
    async function messages(logical: string, count: number): Promise<string[]> {
      const QueueUrl = await id(logical);
      const seen: string[] = [];
      return eventually(async () => {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        for (const { Body = '', ReceiptHandle } of Messages) {
          seen.push(Body);
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
        return seen.length >= count ? seen : undefined;
      }, `${count} messages in ${logical}`);
    }

    interface Message {
      readonly trigger: string;
      readonly answer: { readonly predictions: readonly { readonly className: string }[] };
    }
    const summary = (body: string): string[] => {
      const { trigger, answer } = JSON.parse(body) as Message;
      return [trigger, answer.predictions[0]?.className ?? ''];
    };

    test('each message is answered in the queue and in the table; a bad one among them is none of the others’ trouble', async () => {
      const QueueUrl = await id('RequestQueue');
      for (const MessageBody of [request('six.png'), '{"image":"not base64!!@@"}', request('seven.png')])
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
      const fifo = { QueueUrl: await id('RequestFifoQueue'), MessageGroupId: 'one' };
      await sqs.send(new SendMessageCommand({ ...fifo, MessageBody: request('three.jpg') }));
      const TopicArn = await id('Topic');
      await new SNSClient(clientOf(aws)).send(new PublishCommand({ TopicArn, Message: request('zero.png') }));

      // The deployment's own try was the first request.
      const came = (await messages('OutputQueue', 5)).map(summary).filter(([trigger]) => trigger !== 'direct');
      const wanted = [['sns', 'zero'], ['sqs', 'seven'], ['sqs', 'six'], ['sqs-fifo', 'three']]; // prettier-ignore
      expect(came.sort()).toEqual(wanted);
      const { Items = [] } = await new DynamoDBClient(clientOf(aws)).send(
        new ScanCommand({ TableName: await id('OutputTable') }),
      );
      expect(Items).toHaveLength(5);
    });

    test('destroy leaves nothing of it', async () => {
      const { exitCode, stderr } = await tool(root, ['destroy', '--stage', 'dev', '--yes'], aws.env);
      expect([exitCode, exitCode === 0 ? '' : stderr]).toEqual([0, '']);
      expect(await lookInto(aws).status(STACK)).toBeUndefined();
    });
  },
);
