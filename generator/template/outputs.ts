import type { Blueprint } from '../blueprint.ts';
import { usesApiKey } from './api-key.ts';
import { ref, sub, type Properties } from './cloudformation.ts';
import { ALIAS } from './function.ts';
import { authCondition } from './parameters.ts';

/** What a deployment tells: scripts rely on ApiUrl, FunctionName and FunctionArn. */
export function outputs(blueprint: Blueprint): Readonly<Record<string, Properties>> {
  const condition = authCondition(blueprint, 'api-key');
  return {
    ApiUrl: {
      Description: 'Base of the API: POST /predict, GET /health',
      Value: sub('https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}'),
    },
    FunctionName: { Description: 'Name of the function', Value: ref('Function') },
    FunctionArn: {
      Description: 'What to invoke directly: the alias that deployments move',
      Value: sub(`\${Function.Arn}:${ALIAS}`),
    },
    ModelVersion: { Description: 'Version of the model that is deployed', Value: blueprint.model.version },
    StageName: { Description: 'Stage that was deployed', Value: ref('Stage') },
    ...(usesApiKey(blueprint) && {
      ApiKeyId: {
        Description: 'Id of the key: aws apigateway get-api-key --include-value --api-key ID',
        ...(condition && { Condition: condition }),
        Value: ref('ApiKey'),
      },
    }),
  };
}
