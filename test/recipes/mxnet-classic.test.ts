import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeZip } from '../generator/formats/write-zip.ts';
import { lookInto, tool } from '../pipeline/run.ts';
import { DIGITS, golden } from '../rig/digits.ts';
import { describeWith } from '../rig/need.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';
import { eventually, objectText } from './eventually.ts';
import { clientOf, createByRecipe, predict, tested } from './kit.ts';

jest.setTimeout(8 * 60_000);

const STACK = 'classic-dev';
let root: string;
beforeAll(async () => {
  root = join(mkdtempSync(join(tmpdir(), 'onnx-lambda-classic-')), 'classic');
  await createByRecipe(root, 'mxnet-classic', ['--model', modelArchive(dirname(root)), '--pictures', DIGITS]);
});
afterAll(() => rmSync(dirname(root), { recursive: true, force: true }));

/** A model archive as Multi Model Server's archiver writes it: manifest, signature, synset and the graph. */
function modelArchive(folder: string): string {
  const manifest = {
    engine: { engineName: 'MXNet' },
    model: { modelName: 'digits', modelVersion: '1.0', handler: 'service:handle' },
    specificationVersion: '1.0',
  };
  const signature = { inputs: [{ data_name: 'input', data_shape: [0, 1, 32, 32] }], input_type: 'image/jpeg' };
  const bytes = writeZip([
    { name: 'MAR-INF/MANIFEST.json', data: JSON.stringify(manifest) },
    { name: 'digits.onnx', data: readFileSync(`${DIGITS}/digits.onnx`) },
    { name: 'signature.json', data: JSON.stringify(signature) },
    { name: 'synset.txt', data: readFileSync(`${DIGITS}/labels.txt`) },
  ]);
  writeFileSync(join(folder, 'digits.mar'), bytes);
  return join(folder, 'digits.mar');
}

const image = (picture: string): string => readFileSync(`${DIGITS}/${picture}`).toString('base64');

/** The best class, as Python has it. */
const expectGolden = (answer: unknown, picture: string): void => {
  const { className, probability } = golden[picture] as { className: string; probability: number };
  const [best] = (answer as { predictions: unknown[] }).predictions;
  expect(best).toEqual({ className, probability: expect.closeTo(probability, 2) as unknown });
};

test('on this machine: the archive is a service, and what a query costs stands in its README', async () => {
  const { failed, results } = await tested(root);
  expect(failed).toBe(0);
  for (const { fixture, got } of results) if (fixture in golden) expectGolden(got, fixture);
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const way of ['direct', 'rest-api', 's3', 'kinesis', 'dynamodb'])
    expect(readme).toMatch(new RegExp(`^\\| ${way} \\| \\$0\\.00000\\d+ \\|`, 'm'));
});

describeWith(['sam', 'docker', 'stand-in'], 'mxnet-classic: deployed, one function for all of its triggers', () => {
  let aws: StandIn;
  let s3: S3Client;
  const id = (logical: string): Promise<string> => lookInto(aws).physicalId(STACK, logical);
  beforeAll(async () => {
    aws = await startStandIn({ executor: 'docker', calledByFunctions: true });
    s3 = new S3Client({ ...clientOf(aws), forcePathStyle: true });
    const { exitCode, stderr } = await tool(root, ['deploy', '--stage', 'dev'], aws.env);
    if (exitCode !== 0) throw new Error(stderr);
  });
  afterAll(() => aws.stop());

  /** Answers of a trigger are named by it: the one that is not there before. */
  const answerAfter = async (send: () => Promise<unknown>): Promise<unknown> => {
    const Bucket = await id('OutputBucket');
    const keys = async (): Promise<string[]> => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
      return Contents.map(({ Key = '' }) => Key);
    };
    const before = await keys();
    await send();
    const key = await eventually(async () => (await keys()).find((one) => !before.includes(one)), 'an answer');
    return JSON.parse(await objectText(s3, Bucket, key)) as unknown;
  };

  test('the API', async () => {
    expectGolden(await predict(aws, STACK, 'dev', { image: image('six.png') }), 'six.png');
  });

  test('an object in the bucket for requests', async () => {
    const Bucket = await id('InputBucket');
    const Body = readFileSync(`${DIGITS}/three.jpg`);
    expectGolden(await answerAfter(() => s3.send(new PutObjectCommand({ Bucket, Key: 'in/three.jpg', Body }))), 'three.jpg'); // prettier-ignore
  });

  test('a record of the stream', async () => {
    const kinesis = new KinesisClient(clientOf(aws));
    const StreamName = await id('RequestStream');
    const Data = Buffer.from(JSON.stringify({ image: image('nine.webp') }));
    const command = new PutRecordCommand({ StreamName, PartitionKey: '1', Data });
    expectGolden(await answerAfter(() => kinesis.send(command)), 'nine.webp');
  });

  test('an item of the table', async () => {
    const dynamodb = new DynamoDBClient(clientOf(aws));
    const Item = { id: { S: 'one' }, request: { S: JSON.stringify({ image: image('zero.png') }) } };
    const command = new PutItemCommand({ TableName: await id('RequestTable'), Item });
    expectGolden(await answerAfter(() => dynamodb.send(command)), 'zero.png');
  });
});
