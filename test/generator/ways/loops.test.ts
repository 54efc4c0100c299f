import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Output } from '../../../generator/outputs/table.ts';
import { STAGES } from '../../../generator/stages.ts';
import { loopIn, refuseLoops } from '../../../generator/ways/loops.ts';

const HERE = 'us-east-1:123456789012';
const stream = (table: string): string => `arn:aws:dynamodb:${HERE}:table/${table}/stream/2025-01-01T00:00:00.000`;
const queueArn = (name: string): string => `arn:aws:sqs:${HERE}:${name}`;

interface Trigger {
  readonly kind: string;
  readonly arn?: string;
}
const isLoop = (trigger: Trigger, output: Output, name = 'digits'): boolean =>
  loopIn({ name, triggers: [trigger], outputs: [output] }) !== undefined;

test.each<[string, Trigger, Output]>([
  [
    "s3 → the stack's own bucket for requests",
    { kind: 's3' },
    { kind: 's3', prefix: '', bucket: 'digits-dev-inputbucket-1abc' },
  ],
  ['sqs → its queue', { kind: 'sqs', arn: queueArn('a') }, { kind: 'sqs', arn: queueArn('a') }],
  ["sqs → the stack's own queue", { kind: 'sqs' }, { kind: 'sqs', arn: queueArn('digits-prod-RequestQueue-9XYZ') }],
  ['sqs-fifo → its queue', { kind: 'sqs-fifo', arn: queueArn('a.fifo') }, { kind: 'sqs', arn: queueArn('a.fifo') }],
  ["sqs-fifo → the stack's own", { kind: 'sqs-fifo' }, { kind: 'sqs', arn: queueArn('digits-stage-requests.fifo') }],
  ['dynamodb → its table', { kind: 'dynamodb', arn: stream('Items') }, { kind: 'dynamodb', table: 'Items' }],
  ['dynamodb → its own table', { kind: 'dynamodb' }, { kind: 'dynamodb', table: 'digits-dev-RequestTable-1Q' }],
  ['any → itself by name', { kind: 'rest-api' }, { kind: 'lambda', function: 'digits-dev' }],
  [
    'any → itself by ARN and alias',
    { kind: 'sns' },
    { kind: 'lambda', function: `arn:aws:lambda:${HERE}:function:digits-prod:live` },
  ],
])('%s is refused', (_, trigger, output) => {
  expect(isLoop(trigger, output)).toBe(true);
  expect(() => refuseLoops({ name: 'digits', triggers: [{ kind: 'rest-api' }, trigger], outputs: [output] })).toThrow(
    expect.objectContaining({ code: 'LOOP_REFUSED' }) as unknown as Error,
  );
});

test.each<[string, Trigger, Output]>([
  ['another queue', { kind: 'sqs', arn: queueArn('a') }, { kind: 'sqs', arn: queueArn('b') }],
  ["the stack's queue for answers", { kind: 'sqs' }, { kind: 'sqs' }],
  ['a bucket with a like name', { kind: 's3' }, { kind: 's3', prefix: '', bucket: 'digits-dev-answers' }],
  ["the stack's bucket for answers", { kind: 's3' }, { kind: 's3', prefix: '' }],
  ['a queue that is called as a table', { kind: 'dynamodb', arn: stream('a') }, { kind: 'sqs', arn: queueArn('a') }],
  ['a function with a longer name', { kind: 'sqs' }, { kind: 'lambda', function: 'digits-dev-next' }],
  ["another project's function", { kind: 'sqs' }, { kind: 'lambda', function: 'letters-dev' }],
  ['a bus', { kind: 'schedule' }, { kind: 'eventbridge', bus: 'default' }],
  ['a URL', { kind: 'rest-api' }, { kind: 'callback', url: 'https://example.com/' }],
])('%s is taken', (_, trigger, output) => {
  expect(isLoop(trigger, output)).toBe(false);
});

/** Pairs of a trigger's source and an output's target, each by the resource's name. */
const PAIRS: readonly ((name: string) => [Trigger, Output])[] = [
  (name) => [
    { kind: 'sqs', arn: queueArn(name) },
    { kind: 'sqs', arn: queueArn(name) },
  ],
  (name) => [
    { kind: 'sqs-fifo', arn: queueArn(`${name}.fifo`) },
    { kind: 'sqs', arn: queueArn(`${name}.fifo`) },
  ],
  (name) => [
    { kind: 'dynamodb', arn: stream(name) },
    { kind: 'dynamodb', table: name },
  ],
];

const NAME = fc.stringMatching(/^[a-zA-Z0-9_-]{3,40}$/);
const PROJECT = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);

test('no pair that is one resource is taken, and none that is not is refused', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PAIRS), NAME, NAME, PROJECT, (pair, one, other, project) => {
      const [trigger, output] = pair(one);
      expect(isLoop(trigger, output, project)).toBe(true);
      const [, elsewhere] = pair(other);
      expect(isLoop(trigger, elsewhere, project)).toBe(one === other);
    }),
  );
});

test('no project may have its own function as an output, in whichever stage', () => {
  fc.assert(
    fc.property(PROJECT, fc.constantFrom(...STAGES), (project, stage) => {
      expect(isLoop({ kind: 'sns' }, { kind: 'lambda', function: `${project}-${stage}` }, project)).toBe(true);
      expect(isLoop({ kind: 'sns' }, { kind: 'lambda', function: `${project}-${stage}-next` }, project)).toBe(false);
    }),
  );
});
