import type { Blueprint } from '../blueprint.ts';
import { alarms } from '../template/alarms.ts';
import type { Properties, Resources, Value } from '../template/cloudformation.ts';
import type { Parts } from '../template/parts.ts';
import { failedEvents, onFailure } from './asynchronous.ts';
import { batchSize } from './trigger.ts';

interface Stream {
  /** Kind of the trigger. */
  readonly kind: string;
  /** As SAM calls the source. */
  readonly type: 'Kinesis' | 'DynamoDB';
  readonly arn: Value;
  /** What Lambda does in the function's name. */
  readonly actions: readonly string[];
  /** The stack's own, where it is. */
  readonly own: Pick<Parts, 'resources' | 'outputs'>;
  /** Of the event, besides what all have. */
  readonly properties?: Properties;
}

/** Tries of a record beyond the first; without a limit one bad record stops its shard until it is too old. */
const RETRIES = 3;
/** Seconds: what is older is not worth an answer any more, and a day is what streams keep. */
const OLDEST = 86_400;
/** ms that the function may be behind. */
const BEHIND = 300_000;

/** What a function has that reads a stream. */
export function streamParts({ kind, type, arn, actions, own, properties }: Stream, blueprint: Blueprint): Parts {
  return {
    resources: { ...own.resources, ...failedEvents.resources, ...ageAlarm() },
    outputs: { ...own.outputs, ...failedEvents.outputs },
    policies: { ...failedEvents.policies, [`trigger-${kind}`]: [{ Effect: 'Allow', Action: actions, Resource: arn }] },
    events: {
      [`${type}Records`]: {
        Type: type,
        Properties: {
          Stream: arn,
          // Nothing is passed over that was written before this was there.
          StartingPosition: 'TRIM_HORIZON',
          BatchSize: batchSize(blueprint, 100),
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          BisectBatchOnFunctionError: true,
          MaximumRetryAttempts: RETRIES,
          MaximumRecordAgeInSeconds: OLDEST,
          DestinationConfig: onFailure,
          ...properties,
        },
      },
    },
  };
}

const ageAlarm = (): Resources =>
  alarms({
    IteratorAgeAlarm: {
      description: 'Records wait for minutes',
      metric: 'IteratorAge',
      of: 'function',
      statistic: 'Maximum',
      threshold: BEHIND,
      minutes: 3,
    },
  });

/** How often a record is tried, for the README. */
export const TRIES = RETRIES + 1;
