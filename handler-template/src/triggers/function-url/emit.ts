import { z } from 'zod';
import type { Blueprint } from '../../../../generator/blueprint.ts';
import { withoutValue } from '../../../../generator/part.ts';
import { httpEvents } from '../../../../generator/render/http-event.ts';
import { alarms, type Alarm } from '../../../../generator/template/alarms.ts';
import { authConditions, byOpenness, openness } from '../../../../generator/template/auth.ts';
import {
  getAtt,
  ref,
  skipChecks,
  type Properties,
  type Resource,
  type Resources,
} from '../../../../generator/template/cloudformation.ts';
import { ALIAS } from '../../../../generator/template/alias.ts';
import { cors, httpParameters, urlOutput } from '../../../../generator/template/http.ts';
import type { Parts } from '../../../../generator/template/parts.ts';
import type { TriggerModule } from '../../../../generator/triggers/trigger.ts';

const settings = z.strictObject({ kind: z.literal('function-url') });
type Settings = z.infer<typeof settings>;

export const functionUrl: TriggerModule<Settings> = {
  kind: 'function-url',
  title: 'a URL of the function itself: costs nothing besides, waits as long as the function runs; no throttling, no API keys',
  answers: 'http',
  settings,
  ...withoutValue<Settings>({ kind: 'function-url' }),
  template: (_, blueprint) => template(blueprint),
  handler: () => ({
    from: 'triggers/function-url/handler.ts',
    name: 'functionUrl',
    folders: ['triggers/function-url', 'triggers/http-api'],
  }),
  events: (_, sample) => httpEvents(sample, 'function-url'),
  readme: () =>
    'The function URL has no throttling of its own: parameter `ReservedConcurrency` limits how many requests run at once. Who calls a stage that takes signed requests needs `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction`.',
};

/** How long it takes is the function's own duration. */
const ALARMS: Readonly<Record<string, Alarm>> = {
  UrlServerErrorsAlarm: { description: 'The function URL answered with 5xx', metric: 'Url5xxCount', of: 'alias', statistic: 'Sum', threshold: 1, minutes: 1 },
}; // prettier-ignore

function template(blueprint: Blueprint): Parts {
  return {
    parameters: httpParameters,
    conditions: authConditions(blueprint, (auth) => auth === 'none'),
    resources: { FunctionUrl: url(blueprint), ...permissions(blueprint), ...alarms(ALARMS) },
    // AWS ends it with a slash, paths begin with one.
    outputs: urlOutput(blueprint, 'function-url', {
      'Fn::Join': [
        '',
        ['https://', { 'Fn::Select': [2, { 'Fn::Split': ['/', getAtt('FunctionUrl', 'FunctionUrl')] }] }],
      ],
    }),
  };
}

/** A resource of its own: as a setting of the function, SAM would decide about the permissions. */
function url(blueprint: Blueprint): Resource {
  return {
    Type: 'AWS::Lambda::Url',
    DependsOn: `FunctionAlias${ALIAS}`,
    ...(openness(blueprint) !== 'none' && {
      Metadata: skipChecks({ CKV_AWS_258: 'An open function URL was asked for by name.' }),
    }),
    Properties: {
      TargetFunctionArn: ref('Function'),
      Qualifier: ALIAS,
      AuthType: byOpenness(blueprint, 'NONE', 'AWS_IAM'),
      InvokeMode: 'BUFFERED',
      Cors: cors,
    },
  };
}

/** Anybody may call where a stage is open: the URL, and the function through it, but not the function by itself. */
function permissions(blueprint: Blueprint): Resources {
  const which = openness(blueprint);
  if (which === 'none') return {};
  const permission = (action: string, how: Properties): Resource => ({
    Type: 'AWS::Lambda::Permission',
    ...(typeof which === 'object' && { Condition: which.condition }),
    Metadata: skipChecks({ CKV_AWS_301: 'An open function URL was asked for by name.' }),
    Properties: { Action: action, FunctionName: ref('Function.Alias'), Principal: '*', ...how },
  });
  return {
    UrlPermission: permission('lambda:InvokeFunctionUrl', { FunctionUrlAuthType: 'NONE' }),
    UrlInvokePermission: permission('lambda:InvokeFunction', { InvokedViaFunctionUrl: true }),
  };
}
