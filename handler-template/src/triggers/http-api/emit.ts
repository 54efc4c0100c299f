import { z } from 'zod';
import type { Blueprint } from '../../../../generator/blueprint.ts';
import { withoutValue } from '../../../../generator/part.ts';
import { httpEvents } from '../../../../generator/render/http-event.ts';
import { alarms, near, type Alarm } from '../../../../generator/template/alarms.ts';
import { authConditions } from '../../../../generator/template/auth.ts';
import { ref, sub } from '../../../../generator/template/cloudformation.ts';
import { httpParameters, urlOutput } from '../../../../generator/template/http.ts';
import type { Parts } from '../../../../generator/template/parts.ts';
import type { TriggerModule } from '../../../../generator/triggers/trigger.ts';
import { httpApiResources } from './emit-api.ts';

const settings = z.strictObject({ kind: z.literal('http-api') });
type Settings = z.infer<typeof settings>;

export const httpApi: TriggerModule<Settings> = {
  kind: 'http-api',
  title: 'an HTTP API (API Gateway): the cheaper one, throttling by stage; no API keys, no check of requests',
  answers: 'http',
  settings,
  ...withoutValue<Settings>({ kind: 'http-api' }),
  template: (_, blueprint) => template(blueprint),
  handler: () => ({ from: 'triggers/http-api/handler.ts', name: 'httpApi', folders: ['triggers/http-api'] }),
  events: (_, sample) => httpEvents(sample, 'http-api'),
  readme: () =>
    'An HTTP API hands requests on as they are: what does not fit is refused by the function. It waits 30 seconds at most, and answers browsers (CORS) itself.',
};

function template(blueprint: Blueprint): Parts {
  return {
    parameters: httpParameters,
    conditions: authConditions(blueprint, (auth) => auth === 'none'),
    resources: { ...httpApiResources(blueprint), ...alarms(alarmsOf(blueprint)) },
    outputs: urlOutput(
      blueprint,
      'http-api',
      sub('https://${HttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}'),
    ),
  };
}

/** What an HTTP API waits for at most, in seconds. */
const TIMEOUT = 30;

function alarmsOf({ function: { timeout } }: Blueprint): Readonly<Record<string, Alarm>> {
  const of = { namespace: 'AWS/ApiGateway', by: { ApiId: ref('HttpApi'), Stage: '$default' } };
  return {
    HttpServerErrorsAlarm: { description: 'The HTTP API answered with 5xx', metric: '5xx', of, statistic: 'Sum', threshold: 1, minutes: 1 },
    HttpLatencyAlarm: { description: 'The HTTP API is near its time limit', metric: 'Latency', of, statistic: 'p99', threshold: near(Math.min(timeout, TIMEOUT)), minutes: 3 },
  }; // prettier-ignore
}
