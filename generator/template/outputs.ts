import type { Blueprint } from '../blueprint.ts';
import { ref, sub, type Properties } from './cloudformation.ts';
import { ALIAS } from './alias.ts';

/** What a deployment tells of any project: scripts rely on FunctionName and FunctionArn. */
export function outputs(blueprint: Blueprint): Readonly<Record<string, Properties>> {
  return {
    FunctionName: { Description: 'Name of the function', Value: ref('Function') },
    FunctionArn: {
      Description: 'What to invoke directly: the alias that deployments move',
      Value: sub(`\${Function.Arn}:${ALIAS}`),
    },
    ModelVersion: { Description: 'Version of the model that is deployed', Value: blueprint.model.version },
    StageName: { Description: 'Stage that was deployed', Value: ref('Stage') },
  };
}
