import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { outputTable } from '../../generator/outputs/table.ts';
import { triggerTable, type Trigger } from '../../generator/triggers/table.ts';
import { model } from '../../handler-template/src/model.ts';
import { DIGITS, Service, type Outcome } from '../handler-template/service.ts';
import { sample, sourcesOf, SEVEN } from '../handler-template/triggers/behind.ts';
import { describeWith } from '../rig/need.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';
import { outputs, projectOf, triggers } from './combinations.ts';
import { SINKS, type Sink } from './sinks.ts';

/** A build and an environment with a dozen events, on a machine that is busy with other suites. */
const SLOW = 240_000;

/** Events that hold no request. */
const NO_REQUEST = /health|schedule/;

interface Case {
  readonly name: string;
  readonly trigger: Trigger;
  readonly event: object;
}

const fileOf = ({ kind }: { readonly kind: string }): string => `${kind}/seven.png`;

const cases: readonly Case[] = triggers.flatMap((trigger) => {
  // Answers are named after what was asked: a name of its own for each trigger.
  const named = { ...sample, file: fileOf(trigger) };
  const events = triggerTable.of(trigger).events(trigger, named, projectOf({ triggers }));
  return Object.entries(events).map(([name, event]) => ({ name, trigger, event: ofItsOwn(trigger, event) }));
});
/** Messages of two queues do not have the same id. */
function ofItsOwn({ kind }: Trigger, event: object): object {
  return JSON.parse(JSON.stringify(event).replaceAll(/("messageId":")[^"]+/g, `$1${kind}-1`)) as object;
}

const requests = cases.filter(({ name }) => !NO_REQUEST.test(name));

const isSeven: unknown = expect.objectContaining({
  predictions: expect.arrayContaining([expect.objectContaining({ className: 'seven' })]) as unknown,
});

/** The body of an answer over HTTP, or the answer. */
const answerOf = ({ value }: Outcome): unknown =>
  value?.statusCode === undefined ? value : (JSON.parse(value.body ?? '') as unknown);

describeWith('stand-in', 'every trigger with every output', () => {
  let aws: StandIn;
  let place: Parameters<(typeof SINKS)['s3']>[0];
  beforeAll(async () => {
    aws = await startStandIn();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    place = { endpoint: aws.endpoint, region: 'us-east-1', credentials };
    const s3 = new S3Client({ ...place, forcePathStyle: true });
    for (const [Bucket, kind] of [
      ['example-bucket', 's3'],
      ['batches', 'batch'],
    ] as const) {
      await s3.send(new CreateBucketCommand({ Bucket }));
      await s3.send(new PutObjectCommand({ Bucket, Key: fileOf({ kind }), Body: SEVEN, ContentType: 'image/png' }));
    }
  }, SLOW);
  afterAll(() => aws.stop());

  test.each(outputs.map((output) => [output.kind, output] as const))(
    '→ %s',
    async (kind, output) => {
      const sink: Sink = await SINKS[kind](place);
      const generated = sourcesOf(projectOf({ triggers, outputs: [output] }));
      const service = await Service.of(join(DIGITS, 'digits.onnx'), model, { ...generated, ...sink.sources });
      try {
        cpSync(join(DIGITS, 'labels.txt'), join(service.folder.path, 'labels.txt'));
        const env = {
          ...aws.env,
          ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
          BATCH_BUCKET: 'batches',
          ...sink.env,
        };
        const { outcomes } = await service.run([sample.event, ...cases.map(({ event }) => event)], { env });
        expect(outcomes.map(({ error }) => error?.message)).toEqual(outcomes.map(() => undefined));

        const [direct, ...rest] = outcomes;
        expect(answerOf(direct as Outcome)).toEqual(isSeven);
        for (const [i, { name, trigger }] of cases.entries()) {
          const over = { name, answer: answerOf(rest[i] as Outcome) };
          const { answers } = triggerTable.of(trigger);
          if (answers === 'http' && !NO_REQUEST.test(name)) expect(over).toEqual({ name, answer: isSeven });
        }
        const wanted = ['direct', ...requests.map(({ trigger }) => trigger.kind)];
        const came = await arrived(sink, wanted.length);
        const inside = (one: unknown): unknown => (one as { answer?: unknown }).answer ?? one;
        expect(came.map(inside)).toEqual(wanted.map(() => isSeven));
        const named = came.flatMap((one) => (one as { trigger?: string }).trigger ?? []);
        if (named.length > 0) expect(named.sort()).toEqual([...wanted].sort());
      } finally {
        service.dispose();
        sink.close?.();
      }
    },
    SLOW,
  );

  test('each kind of output has something at its other end', () => {
    expect(Object.keys(SINKS).sort()).toEqual(outputTable.modules.map(({ kind }) => kind).sort());
  });
});

/** What came, as soon as it is so many; what is asynchronous takes its time. */
async function arrived(sink: Sink, count: number): Promise<readonly unknown[]> {
  for (let tries = 0; tries < 100; tries++) {
    const came = await sink.read();
    if (came.length >= count) return came;
    await sleep(200);
  }
  return sink.read();
}
