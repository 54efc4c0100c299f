import type { Blueprint } from '../../../../generator/blueprint.ts';
import { STAGES } from '../../../../generator/stages.ts';
import {
  ref,
  sub,
  type Properties,
  type Resource,
  type Resources,
} from '../../../../generator/template/cloudformation.ts';
import { authCondition } from '../../../../generator/template/auth.ts';
import { ofStage } from '../../../../generator/template/parameters.ts';

/** Whether any stage asks for a key. */
export const usesApiKey = ({ stages }: Blueprint): boolean => STAGES.some((stage) => stages[stage].auth === 'api-key');

/** A key and the usage plan that makes API Gateway take it; nothing where no stage asks for one. */
export function apiKeyResources(blueprint: Blueprint): Resources {
  if (!usesApiKey(blueprint)) return {};
  const condition = authCondition(blueprint, 'api-key');
  const resource = (type: string, properties: Properties): Resource => ({
    Type: type,
    ...(condition && { Condition: condition }),
    Properties: properties,
  });
  return {
    ApiKey: resource('AWS::ApiGateway::ApiKey', {
      Description: sub('Calls ${AWS::StackName}'),
      Enabled: true,
    }),
    UsagePlan: resource('AWS::ApiGateway::UsagePlan', {
      UsagePlanName: ref('AWS::StackName'),
      ApiStages: [{ ApiId: ref('Api'), Stage: ref('Api.Stage') }],
      Throttle: { RateLimit: ofStage('RateLimit'), BurstLimit: ofStage('BurstLimit') },
    }),
    UsagePlanKey: resource('AWS::ApiGateway::UsagePlanKey', {
      KeyId: ref('ApiKey'),
      KeyType: 'API_KEY',
      UsagePlanId: ref('UsagePlan'),
    }),
  };
}
