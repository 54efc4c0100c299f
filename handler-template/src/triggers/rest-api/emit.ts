import { z } from 'zod';
import type { Blueprint } from '../../../../generator/blueprint.ts';
import { withoutValue } from '../../../../generator/part.ts';
import { restEvents } from '../../../../generator/render/rest-event.ts';
import { apiAlarms } from '../../../../generator/template/alarms.ts';
import { authCondition, authConditions } from '../../../../generator/template/auth.ts';
import { equals, ref, sub } from '../../../../generator/template/cloudformation.ts';
import { httpParameters, urlOutput } from '../../../../generator/template/http.ts';
import type { Parts } from '../../../../generator/template/parts.ts';
import type { TriggerModule } from '../../../../generator/triggers/trigger.ts';
import { apiResources } from './emit-api.ts';
import { apiKeyResources, usesApiKey } from './emit-api-key.ts';

const settings = z.strictObject({ kind: z.literal('rest-api') });
type Settings = z.infer<typeof settings>;

export const restApi: TriggerModule<Settings> = {
  kind: 'rest-api',
  title: 'a REST API (API Gateway): validates requests, API keys, throttling by stage',
  answers: 'http',
  settings,
  ...withoutValue<Settings>({ kind: 'rest-api' }),
  template: (_, blueprint) => template(blueprint),
  handler: () => ({ from: 'triggers/rest-api/handler.ts', name: 'restApi', folders: ['triggers/rest-api'] }),
  events: (_, sample) => restEvents(sample),
  readme: () => '',
};

function template(blueprint: Blueprint): Parts {
  return {
    parameters: {
      ...httpParameters,
      AccessLogs: {
        Description: "A line of log for each request; needs the account's CloudWatch role of API Gateway to be set up",
        Type: 'String',
        AllowedValues: ['enabled', 'disabled'],
        Default: 'disabled',
      },
    },
    version: ['pages of ${AllowOrigin}'],
    variables: { CORS_ORIGIN: ref('AllowOrigin') },
    conditions: {
      WritesAccessLogs: equals(ref('AccessLogs'), 'enabled'),
      // A condition that nothing uses is a lint warning: prod's document is what is left when no other fits.
      ...authConditions(blueprint, (auth) => auth === 'api-key' || auth !== blueprint.stages.prod.auth),
    },
    resources: { ...apiResources(blueprint), ...apiKeyResources(blueprint), ...apiAlarms(blueprint) },
    outputs: outputs(blueprint),
  };
}

function outputs(blueprint: Blueprint): Required<Parts>['outputs'] {
  const condition = authCondition(blueprint, 'api-key');
  return {
    ...urlOutput(
      blueprint,
      'rest-api',
      sub('https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}'),
    ),
    ...(usesApiKey(blueprint) && {
      ApiKeyId: {
        Description: 'Id of the key: aws apigateway get-api-key --include-value --api-key ID',
        ...(condition && { Condition: condition }),
        Value: ref('ApiKey'),
      },
    }),
  };
}
