import { CreateTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutputKind } from '../../generator/outputs/table.ts';
import { writeZip } from '../generator/formats/write-zip.ts';
import { selfSigned } from '../handler-template/inputs/https/certificate.ts';
import type { Sources } from '../handler-template/service.ts';

/** What is at the other end of an output. */
export interface Sink {
  /** Of the function. */
  readonly env: NodeJS.ProcessEnv;
  /** Sources of the function that are others than what is generated. */
  readonly sources?: Sources;
  /** What came so far, in any order: the messages, or the answers where there is nothing around them. */
  readonly read: () => Promise<readonly unknown[]>;
  readonly close?: () => void;
}

interface Place {
  readonly endpoint: string;
  readonly region: 'us-east-1';
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Something real at the other end of each output, on the stand-in for AWS. */
export const SINKS: Readonly<Record<OutputKind, (place: Place) => Promise<Sink>>> = {
  async s3(place) {
    const client = new S3Client({ ...place, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: 'answers' }));
    return {
      env: { OUTPUT_BUCKET: 'answers', OUTPUT_PREFIX: 'seen/' },
      async read() {
        const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'answers', Prefix: 'seen/' }));
        return Promise.all(
          Contents.map(async ({ Key }) => {
            const { Body } = await client.send(new GetObjectCommand({ Bucket: 'answers', Key }));
            return JSON.parse((await Body?.transformToString()) ?? '') as unknown;
          }),
        );
      },
    };
  },

  async dynamodb(place) {
    const client = new DynamoDBClient(place);
    await client.send(
      new CreateTableCommand({
        TableName: 'answers',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      }),
    );
    return {
      env: { OUTPUT_TABLE: 'answers' },
      async read() {
        const { Items = [] } = await client.send(new ScanCommand({ TableName: 'answers' }));
        return Items.map(({ answer }) => JSON.parse(answer?.S ?? '') as unknown);
      },
    };
  },

  async sqs(place) {
    const { arn, read } = await queue(place, 'answers');
    return { env: { OUTPUT_QUEUE: arn }, read };
  },

  async eventbridge(place) {
    const client = new EventBridgeClient(place);
    const { arn, read } = await queue(place, 'events');
    await client.send(new CreateEventBusCommand({ Name: 'answers' }));
    const rule = { Name: 'all', EventBusName: 'answers' };
    await client.send(new PutRuleCommand({ ...rule, EventPattern: JSON.stringify({ source: ['digits'] }) }));
    await client.send(
      new PutTargetsCommand({ Rule: rule.Name, EventBusName: rule.EventBusName, Targets: [{ Id: 'queue', Arn: arn }] }),
    );
    return {
      env: { OUTPUT_BUS: 'answers', OUTPUT_SOURCE: 'digits' },
      read: async () => (await read()).map((event) => (event as { detail: unknown }).detail),
    };
  },

  async lambda(place) {
    const folder = mkdtempSync(join(tmpdir(), 'next-step-'));
    const code = `const { writeFileSync } = require('fs'); const { randomUUID } = require('crypto');
      exports.handler = async (event) => writeFileSync(process.env.SEEN + '/' + randomUUID() + '.json', JSON.stringify(event));`;
    await new LambdaClient(place).send(
      new CreateFunctionCommand({
        FunctionName: 'next-step',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/any',
        Code: { ZipFile: writeZip([{ name: 'index.js', data: Buffer.from(code) }]) },
        Environment: { Variables: { SEEN: folder } },
      }),
    );
    const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return {
      env: { OUTPUT_FUNCTION: 'next-step' },
      read: () => Promise.resolve(readdirSync(folder).map(read)),
      close: () => rmSync(folder, { recursive: true }),
    };
  },

  async callback() {
    const host = 'hooks.example.com';
    const seen: unknown[] = [];
    const { key, cert } = selfSigned([host]);
    const server: Server = createServer({ key, cert }, (request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        seen.push(JSON.parse(Buffer.concat(pieces).toString()));
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const folder = mkdtempSync(join(tmpdir(), 'callback-'));
    const authority = join(folder, 'ca.pem');
    writeFileSync(authority, cert);
    const { port } = server.address() as AddressInfo;
    return {
      env: { OUTPUT_CALLBACK: `https://${host}:${port}/done`, NODE_EXTRA_CA_CERTS: authority },
      // The host is on this machine, where no callback may go.
      sources: {
        'outputs.ts': `import { request } from 'node:https';
          import { toCallback } from './outputs/callback/handler.ts';
          const policy = { allowsAddress: () => true, allowsHost: () => true, port: '${port}' } as const;
          const resolve = async () => ['127.0.0.1'];
          export const outputs = [toCallback(process.env, { resolve, request, policy } as never)];\n`,
      },
      read: () => Promise.resolve(seen),
      close: () => {
        server.close();
        rmSync(folder, { recursive: true });
      },
    };
  },
};

/** A queue, and all that ever came to it. */
async function queue(place: Place, QueueName: string): Promise<{ arn: string; read: () => Promise<unknown[]> }> {
  const client = new SQSClient(place);
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName }));
  const seen: unknown[] = [];
  async function read(): Promise<unknown[]> {
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    for (const { Body = '', ReceiptHandle } of Messages) {
      seen.push(JSON.parse(Body));
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return Messages.length > 0 ? read() : seen;
  }
  return { arn: `arn:aws:sqs:us-east-1:000000000000:${QueueName}`, read };
}
