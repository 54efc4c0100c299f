import { z } from 'zod';
import type { TriggerModule } from '../../../../generator/triggers/trigger.ts';

const USUAL = 'rate(5 minutes)';
// Lambda keeps an environment for some minutes: what is rarer than that warms nothing, but cron may be right about the hours of work.
const EXPRESSION =
  /^(rate\((1 minute|([2-9]|[1-5]\d|60) minutes|1 hour)\)|cron\([\d*?,/A-Z#-]+( [\d*?,/A-Z#-]+){5}\))$/;

const settings = z.strictObject({
  kind: z.literal('schedule'),
  /** As EventBridge has it. */
  at: z.string().regex(EXPRESSION).default(USUAL),
});
type Settings = z.infer<typeof settings>;

export const schedule: TriggerModule<Settings> = {
  kind: 'schedule',
  title: 'a ping by the clock, which keeps one environment warm and runs no model',
  answers: 'caller',
  settings,
  parse: (value = USUAL) =>
    EXPRESSION.test(value)
      ? { value: { kind: 'schedule', at: value } }
      : { expected: 'schedule, or one like schedule=rate(5 minutes), schedule=cron(0/5 8-17 ? * MON-FRI *)' },
  print: ({ at }) => (at === USUAL ? undefined : at),
  template: ({ at }) => ({
    events: {
      Ping: {
        Type: 'Schedule',
        // One that is lost is no loss: the next comes soon.
        Properties: { Schedule: at, RetryPolicy: { MaximumRetryAttempts: 0 } },
      },
    },
  }),
  handler: () => ({ from: 'triggers/schedule/handler.ts', name: 'schedule', folders: ['triggers/schedule'] }),
  events: () => ({ schedule: EVENT }),
  readme: ({ at }) =>
    `A ping (${at}) keeps one environment warm. It runs no model and is no prediction; requests that come side by side still start environments of their own.`,
};

/** What EventBridge sends. */
const EVENT = {
  version: '0',
  id: 'cdc73f9d-aea9-11e3-9d5a-835b769c0d9c',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '123456789012',
  time: '2025-01-01T00:00:00Z',
  region: 'us-east-1',
  resources: ['arn:aws:events:us-east-1:123456789012:rule/example'],
  detail: {},
};
