import { isFields, type Trigger } from '../trigger.ts';

/** What EventBridge sends by the clock: it keeps an environment warm, and is no request. */
export const schedule: Trigger = {
  takes: (event) => isFields(event) && event['source'] === 'aws.events' && event['detail-type'] === 'Scheduled Event',
  handle: () => Promise.resolve({ warm: true }),
};
