import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateAliasCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  ValidateStateMachineDefinitionCommand,
  type DescribeExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { samTemplate } from '../../../generator/template/template.ts';
import { NODE_PATH } from '../../../handler-template/test/support/bundle.mjs';
import type { ItemResult } from '../../../handler-template/src/triggers/batch/event.ts';
import { writeZip } from '../../generator/formats/write-zip.ts';
import { batch, digits } from '../../generator/template/blueprints.ts';
import { echo } from '../../models/echo.ts';
import { describeWith } from '../../rig/need.ts';
import { startStandIn, type StandIn } from '../../rig/stand-in.ts';
import { picture, type Service } from '../service.ts';
import { tabularService } from '../tabular-service.ts';
import { digitsBehind, request, sourcesOf } from './behind.ts';

const BUCKET = 'pictures';
const RESULTS = 'results';
/** The stand-in starts an environment for each of several invocations at once. */
const SLOW = 240_000;

describeWith('stand-in', 'a batch, on the stand-in', () => {
  let aws: StandIn;
  let service: Service;
  let s3: S3Client;
  let sfn: SFNClient;
  let lambda: LambdaClient;
  const put = (Key: string, Body: Uint8Array | string) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));

  beforeAll(async () => {
    aws = await startStandIn();
    const config = {
      endpoint: aws.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    s3 = new S3Client({ ...config, forcePathStyle: true });
    sfn = new SFNClient(config);
    lambda = new LambdaClient(config);
    for (const Bucket of [BUCKET, RESULTS]) await s3.send(new CreateBucketCommand({ Bucket }));
    service = await digitsBehind([batch], []);
    await deploy('digits', service);
  }, SLOW);
  afterAll(async () => {
    service.dispose();
    await aws.stop();
  });

  /** The function behind its alias, and the state machine as the template has it. */
  async function deploy(name: string, { handlerFile, modelFile, folder }: Service): Promise<void> {
    const labels = join(folder.path, 'labels.txt');
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Handler: 'handler.handler',
        Role: 'arn:aws:iam::000000000000:role/any',
        Timeout: 60,
        Code: { ZipFile: writeZip([{ name: 'handler.mjs', data: readFileSync(handlerFile) }]) },
        Environment: {
          Variables: { NODE_PATH, MODEL_FILE: modelFile, BATCH_BUCKET: BUCKET, ...(existsSync(labels) && { LABELS_FILE: labels }) },
        },
        Publish: true,
      }),
    ); // prettier-ignore
    const { AliasArn = '' } = await lambda.send(
      new CreateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion: '1' }),
    );
    await sfn.send(
      new CreateStateMachineCommand({
        name,
        roleArn: 'arn:aws:iam::000000000000:role/any',
        definition: definitionFor({ FunctionArn: AliasArn, SourceBucket: BUCKET, ResultBucket: RESULTS }),
      }),
    );
  }

  async function run(name: string, input: object): Promise<DescribeExecutionCommandOutput> {
    const stateMachineArn = `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;
    const { executionArn } = await sfn.send(
      new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
    );
    for (;;) {
      const told = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      if (told.status !== 'RUNNING') return told;
      await sleep(200);
    }
  }

  /** Lines of the file with what went well, in the folder of the execution. */
  async function resultsOf({ status, name, output, error, cause }: DescribeExecutionCommandOutput): Promise<ItemResult[]> {
    expect({ status, error, cause }).toEqual({ status: 'SUCCEEDED' });
    const { Key } = (JSON.parse(output ?? '') as { ResultWriterDetails: { Key: string } }).ResultWriterDetails;
    expect(Key).toMatch(new RegExp(`^${name}/`));
    const manifest = JSON.parse(await read(Key)) as { ResultFiles: { SUCCEEDED: { Key: string }[] } };
    const files = await Promise.all(manifest.ResultFiles.SUCCEEDED.map((file) => read(file.Key)));
    return files.flatMap((text) => text.trim().split('\n').map((line) => JSON.parse(line) as ItemResult));
  } // prettier-ignore

  const read = async (Key: string): Promise<string> =>
    (await s3.send(new GetObjectCommand({ Bucket: RESULTS, Key }))).Body?.transformToString() ?? '';

  const said = (result: ItemResult): unknown => {
    if ('error' in result) return [result.item, result.error.code];
    const { predictions } = ('answer' in result ? result.answer : {}) as { predictions?: { className: string }[] };
    return [result.item, predictions?.[0]?.className];
  };

  test('what validates definitions finds nothing in this one', async () => {
    const definition = definitionFor({ FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f:live', SourceBucket: 'a', ResultBucket: 'b' });
    const { result, diagnostics } = await sfn.send(new ValidateStateMachineDefinitionCommand({ definition }));
    expect({ result, diagnostics }).toEqual({ result: 'OK', diagnostics: [] });
  }); // prettier-ignore

  test('each object below a prefix is answered, several an invocation; results are a line each', async () => {
    for (const name of ['one.jpg', 'three.jpg', 'zero.png']) await put(`new/${name}`, picture(name));
    await put('new/bad.png', 'no picture');
    await put('old/seven.png', picture('seven.png'));
    const results = await resultsOf(await run('digits', { prefix: 'new/', items: 3 }));
    expect(results.map(said)).toEqual([
      ['new/bad.png', 'UNSUPPORTED_PICTURE'],
      ['new/one.jpg', 'one'],
      ['new/three.jpg', 'three'],
      ['new/zero.png', 'zero'],
    ]);
  }, SLOW); // prettier-ignore

  test('lines of JSON are requests, and a line with a key stands for that object', async () => {
    await put('seven.png', picture('seven.png'));
    const lines = [request(picture('four.png')), { Key: 'seven.png' }, { image: '' }];
    await put('all.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const results = await resultsOf(await run('digits', { manifest: 'all.jsonl' }));
    expect(results.map(said)).toEqual([
      ['all.jsonl/0', 'four'],
      ['seven.png', 'seven'],
      ['all.jsonl/2', 'INVALID_REQUEST'],
    ]);
  }, SLOW); // prettier-ignore

  test('an item that fails fails its batch where that is asked, and more of them than are tolerated fail it all', async () => {
    await put('strict/bad.png', 'no picture');
    await put('strict/one.jpg', picture('one.jpg'));
    const input = { prefix: 'strict/', strict: true, items: 1 };
    expect((await run('digits', { ...input, tolerated: 0 })).error).toBe('States.ExceedToleratedFailureThreshold');
    expect((await resultsOf(await run('digits', { ...input, tolerated: 50 }))).map(said)).toEqual([['strict/one.jpg', 'one']]);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: RESULTS }));
    expect(Contents.filter(({ Key }) => Key?.includes('FAILED_0'))).toHaveLength(2);
  }, SLOW); // prettier-ignore

  test('another manifest is refused', async () => {
    expect((await run('digits', { manifest: 'all.parquet' })).error).toBe('UnknownManifest');
  }, SLOW); // prettier-ignore

  test('rows of CSV: text becomes what each feature is, columns beside them are left out', async () => {
    const modelFile = service.folder.model('echo.onnx', echo());
    const table = await tabularService(modelFile, 'tabular-regression', sourcesOf({ ...digits, triggers: [batch] }));
    try {
      await deploy('table', table);
      await put('rows.csv', 'id,age,visits,member,town\n17,31.5,2,true,Köln\n18,old,2,true,Köln\n19,0,-3,false,Bonn\n');
      const results = await resultsOf(await run('table', { manifest: 'rows.csv' }));
      expect(results).toEqual([
        expect.objectContaining({ item: 'rows.csv/0', answer: expect.objectContaining({ predictions: [{ prediction: [31.5, 2, 1, 1] }] }) }),
        expect.objectContaining({ item: 'rows.csv/1', error: expect.objectContaining({ code: 'INVALID_REQUEST' }) }),
        expect.objectContaining({ item: 'rows.csv/2', ok: true }),
      ]);
    } finally {
      table.dispose();
    }
  }, SLOW); // prettier-ignore
});

/** What CloudFormation makes of the template's definition. */
function definitionFor(values: Readonly<Record<string, string>>): string {
  const { Definition, DefinitionSubstitutions } = samTemplate({ ...digits, triggers: [batch] }).Resources['BatchStateMachine']?.Properties ?? {};
  expect(Object.keys(DefinitionSubstitutions as object).sort()).toEqual(Object.keys(values).sort());
  return JSON.stringify(Definition).replaceAll(/\$\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
} // prettier-ignore
