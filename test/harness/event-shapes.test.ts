import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { TRIGGERS, triggerTable } from '../../generator/triggers/table.ts';
import { behind } from '../generator/template/blueprints.ts';
import { sample } from '../handler-template/triggers/behind.ts';
import { describeWith } from '../rig/need.ts';
import { samEnv } from '../rig/sam-env.ts';

/** What the SAM CLI calls the event of a kind of trigger; it knows none of batches. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  'rest-api': ['apigateway', 'aws-proxy'],
  'http-api': ['apigateway', 'http-api-proxy'],
  'function-url': ['apigateway', 'http-api-proxy'],
  s3: ['s3', 'put'],
  sns: ['sns', 'notification'],
  sqs: ['sqs', 'receive-message'],
  'sqs-fifo': ['sqs', 'receive-message'],
  kinesis: ['kinesis', 'get-records'],
  dynamodb: ['dynamodb', 'update'],
  schedule: ['cloudwatch', 'scheduled-event'],
};

/** Fields whose keys are the sender's own, and which some senders leave out: their kind counts, not what is in them. */
const OWN = /(^|\.)(headers|multiValueHeaders|queryStringParameters|multiValueQueryStringParameters|pathParameters|stageVariables|cookies|MessageAttributes|messageAttributes|Keys|NewImage|OldImage|identity|authorizer|authentication|detail|resources)$/; // prettier-ignore

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Paths of fields that are not there, or of another type, where `theirs` has them. */
function lacking(theirs: unknown, ours: unknown, path = ''): string[] {
  if (ours === null || theirs === null) return [];
  if (Array.isArray(theirs)) {
    if (!Array.isArray(ours)) return [`${path}: no list`];
    return OWN.test(path) ? [] : lacking(theirs[0], ours[0] ?? null, `${path}[0]`);
  }
  if (typeof theirs !== typeof ours) return [`${path}: ${typeof ours} for ${typeof theirs}`];
  if (!isFields(theirs) || !isFields(ours) || OWN.test(path)) return [];
  return Object.entries(theirs).flatMap(([key, value]) => {
    const inner = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(ours, key)) return OWN.test(inner) ? [] : [`${inner}: missing`];
    return lacking(value, ours[key], inner);
  });
}

describeWith('sam', 'events, beside those that the SAM CLI makes up', () => {
  test.each(Object.keys(TRIGGERS).filter((kind) => kind in SAMPLES))(
    '%s has every field, of the same type',
    async (kind) => {
      const trigger = { kind } as never;
      const [ours] = Object.values(triggerTable.of(trigger).events(trigger, sample, behind(trigger)));
      const { stdout } = await execa('sam', ['local', 'generate-event', ...(SAMPLES[kind] ?? [])], { env: samEnv() });
      expect(lacking(JSON.parse(stdout), ours)).toEqual([]);
    },
    60_000,
  );

  test('what is missing, and what is of another type, is seen', () => {
    expect(lacking({ a: [{ b: 1, c: '' }], headers: { x: 1 } }, { a: [{ b: '1' }], headers: {} })).toEqual([
      'a[0].b: string for number',
      'a[0].c: missing',
    ]);
  });
});

test('every kind but batches is compared', () => {
  expect(Object.keys(TRIGGERS).filter((kind) => !(kind in SAMPLES))).toEqual(['batch']);
});
