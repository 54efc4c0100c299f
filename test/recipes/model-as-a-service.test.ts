import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lookInto, tool, type Running } from '../pipeline/run.ts';
import { DIGITS, golden } from '../rig/digits.ts';
import { describeWith } from '../rig/need.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';
import { objectText } from './eventually.ts';
import { clientOf, createByRecipe, invoke, pipelineSh, removeImages, tested } from './kit.ts';

jest.setTimeout(8 * 60_000);

const NAME = 'recipe-service';
let root: string;
beforeAll(async () => {
  root = join(mkdtempSync(join(tmpdir(), 'onnx-lambda-service-')), NAME);
  const flags = ['--model', `${DIGITS}/digits.onnx`, '--labels', `${DIGITS}/labels.txt`, '--pictures', DIGITS];
  await createByRecipe(root, 'model-as-a-service', flags);
});
afterAll(() => rmSync(dirname(root), { recursive: true, force: true }));

test('on this machine', async () => {
  expect((await tested(root)).failed).toBe(0);
});

describeWith(['sam', 'docker', 'stand-in'], 'model-as-a-service: three buckets and an image', () => {
  let aws: StandIn;
  beforeAll(async () => {
    aws = await startStandIn({ executor: 'docker', calledByFunctions: true });
  });
  afterAll(async () => {
    await removeImages(NAME);
    await aws.stop();
  });
  const run = (...args: string[]): Running => tool(root, args, aws.env);

  test('a picture that is written becomes a text file with its prediction', async () => {
    // Its tests come first, when none of the buckets is there yet.
    await pipelineSh(root, ['-s', 'dev', '-r', '-p', '-d'], aws);
    const s3 = new S3Client({ ...clientOf(aws), forcePathStyle: true });
    const [input, output] = await Promise.all(
      ['InputBucket', 'OutputBucket'].map((bucket) => lookInto(aws).physicalId(`${NAME}-dev`, bucket)),
    );
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets.map(({ Name }) => Name)).toEqual(expect.arrayContaining([input, output]));
    for (const picture of ['six.png', 'seven.png']) {
      const Body = readFileSync(`${DIGITS}/${picture}`);
      await s3.send(new PutObjectCommand({ Bucket: input, Key: `in/${picture}`, Body }));
      const [best = ''] = (await objectText(s3, output ?? '', `in/${picture}.txt`)).split('\n');
      const { className, probability } = golden[picture] as { className: string; probability: number };
      const [name, value] = best.split(' ');
      expect([name, Number(value)]).toEqual([className, expect.closeTo(probability, 2)]);
    }
  });

  test('the ping keeps it warm and runs no model; the model has versions', async () => {
    const ping = JSON.parse(readFileSync(join(root, 'events/schedule.json'), 'utf8')) as object;
    expect(JSON.stringify(await invoke(aws, `${NAME}-dev`, ping))).not.toContain('predictions');
    const { stdout } = await run('model', 'list', '--json');
    const { stages } = JSON.parse(String(stdout)) as { stages: Record<string, { versions: object[] }> };
    expect(stages['dev']?.versions).toHaveLength(1);
  });

  test('the output is switched to a table, or to another function', async () => {
    for (const output of ['dynamodb', 'lambda=next-step']) {
      const { exitCode, stderr } = await run('update', '--output', output, '--accept-breaking');
      expect([exitCode, exitCode === 0 ? '' : stderr]).toEqual([0, '']);
      const template = readFileSync(join(root, 'template.yaml'), 'utf8');
      expect(template).toMatch(output === 'dynamodb' ? /AWS::DynamoDB::Table/ : /lambda:InvokeFunction/);
      expect(template).not.toContain('OutputBucket');
    }
    expect((await tested(root)).failed).toBe(0);
  });
});
