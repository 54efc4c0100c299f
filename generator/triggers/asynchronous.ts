import { getAtt, ref } from '../template/cloudformation.ts';
import type { Parts } from '../template/parts.ts';
import { deadLetterQueue } from '../template/queue.ts';

/** Seconds for which Lambda tries to get rid of an event: six hours, as long as it does anyway. */
const LONGEST_AGE = 21_600;

const FAILED_EVENTS = getAtt('FailedEvents', 'Arn');

/** Where what failed for good is kept: one queue for all triggers that need one, since Lambda knows one for all asynchronous events. */
export const failedEvents: Parts = {
  resources: deadLetterQueue('FailedEvents', 'Events failed for good'),
  policies: {
    'failed-events': [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: FAILED_EVENTS }],
  },
  outputs: {
    FailedEventsUrl: { Description: 'Queue with events that failed for good, and why', Value: ref('FailedEvents') },
  },
};

/** As triggers say it where something is to go there. */
export const onFailure = { OnFailure: { Type: 'SQS', Destination: FAILED_EVENTS } };

/** What a function has that gets events nobody waits for: two more tries, then the event and the reason are kept. */
export const asynchronousParts: Parts = {
  ...failedEvents,
  properties: {
    EventInvokeConfig: {
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: LONGEST_AGE,
      DestinationConfig: onFailure,
    },
  },
  skips: { CKV_AWS_116: 'Events that fail go to queue FailedEvents as a destination, which is told the reason too.' },
};
