import { getAtt } from '../template/cloudformation.ts';
import type { Parts } from '../template/parts.ts';
import { deadLetterQueue } from '../template/queue.ts';

/** Seconds for which Lambda tries to get rid of an event: six hours, as long as it does anyway. */
const LONGEST_AGE = 21_600;

/**
 * What a function has that gets events nobody waits for: two more tries, then the event and the reason are kept. Several triggers have one queue for
 * it, since Lambda knows one for all.
 */
export const asynchronousParts: Parts = {
  resources: deadLetterQueue('FailedEvents', 'Events failed for good'),
  properties: {
    EventInvokeConfig: {
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: LONGEST_AGE,
      DestinationConfig: { OnFailure: { Type: 'SQS', Destination: getAtt('FailedEvents', 'Arn') } },
    },
  },
  policies: {
    'failed-events': [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: getAtt('FailedEvents', 'Arn') }],
  },
  outputs: {
    FailedEventsUrl: {
      Description: 'Queue with events that failed for good, and why',
      Value: { Ref: 'FailedEvents' },
    },
  },
  skips: { CKV_AWS_116: 'Events that fail go to queue FailedEvents as a destination, which is told the reason too.' },
};
