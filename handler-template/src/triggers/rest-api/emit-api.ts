import { openApiFile } from '../../../../swagger/files.ts';
import type { Blueprint } from '../../../../generator/blueprint.ts';
import { STAGES, type StageName } from '../../../../generator/stages.ts';
import {
  getAtt,
  iff,
  noValue,
  ref,
  skipChecks,
  sub,
  type Properties,
  type Resources,
  type Value,
} from '../../../../generator/template/cloudformation.ts';
import { apiPermission } from '../../../../generator/template/api-permission.ts';
import { authCondition } from '../../../../generator/template/auth.ts';
import { ofStage } from '../../../../generator/template/parameters.ts';

/** One line of access log, as JSON. */
const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  traceId: '$context.xrayTraceId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  error: '$context.error.responseType',
  ms: '$context.responseLatency',
  functionMs: '$context.integrationLatency',
  bytes: '$context.responseLength',
});

/**
 * Why checkov leaves out two checks of the API's stage. SAM makes the stage out of resource Api and takes no metadata along, but tags:
 * so that is where the skips stand. A tag's value has letters, digits, spaces and `_.:/=+-@` only.
 */
const SKIPPED_CHECKS: Properties = {
  'checkov/access-log':
    'checkov:skip=CKV_AWS_76:parameter AccessLogs turns it on - it needs a role that is set once an account and not by a stack',
  'checkov/cache':
    'checkov:skip=CKV_AWS_120:every picture is another - a cache is paid by the hour and nobody would hit it',
};

/** The document that the deployed stage gets: one where all stages have the same auth, else chosen by condition. */
export function definitionBody(blueprint: Blueprint): Value {
  const include = (stage: StageName): Value => ({
    'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: openApiFile(blueprint, stage) } },
  });
  const { stages } = blueprint;
  return STAGES.filter((stage) => stage !== 'prod').reduce((otherwise, stage) => {
    const { auth } = stages[stage];
    const condition = authCondition(blueprint, auth);
    const chosen = JSON.stringify(otherwise).includes(JSON.stringify(include(stage)));
    return condition === undefined || chosen ? otherwise : iff(condition, include(stage), otherwise);
  }, include('prod'));
}

/** The REST API, its permission to call the function, and its access log. */
export function apiResources(blueprint: Blueprint): Resources {
  return {
    Api: {
      Type: 'AWS::Serverless::Api',
      Properties: {
        Name: ref('AWS::StackName'),
        StageName: ref('Stage'),
        // Without it, SAM adds a second stage called Stage.
        OpenApiVersion: '3.0.1',
        DefinitionBody: definitionBody(blueprint),
        EndpointConfiguration: { Type: 'REGIONAL' },
        TracingEnabled: true,
        MethodSettings: [
          {
            HttpMethod: '*',
            ResourcePath: '/*',
            ThrottlingRateLimit: ofStage('RateLimit'),
            ThrottlingBurstLimit: ofStage('BurstLimit'),
            LoggingLevel: iff('WritesAccessLogs', 'ERROR', 'OFF'),
            DataTraceEnabled: false,
          },
        ],
        AccessLogSetting: iff(
          'WritesAccessLogs',
          { DestinationArn: getAtt('AccessLogGroup', 'Arn'), Format: ACCESS_LOG_FORMAT },
          noValue,
        ),
        Tags: { service: blueprint.name, stage: ref('Stage'), ...SKIPPED_CHECKS },
      },
    },
    ApiPermission: apiPermission('${Api}/${Stage}/*'),
    AccessLogGroup: {
      Type: 'AWS::Logs::LogGroup',
      Condition: 'WritesAccessLogs',
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
      Metadata: skipChecks({
        CKV_AWS_158: 'CloudWatch encrypts logs with its own key; bodies are not logged.',
      }),
      Properties: {
        LogGroupName: sub('/aws/apigateway/${AWS::StackName}'),
        RetentionInDays: ofStage('LogRetention'),
      },
    },
  };
}
