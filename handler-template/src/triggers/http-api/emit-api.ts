import { operationsOf } from '../../../../swagger/openapi.ts';
import { functionUri } from '../../../../swagger/gateway.ts';
import { SECURITY } from '../../../../swagger/security.ts';
import type { Blueprint } from '../../../../generator/blueprint.ts';
import { moduleOf } from '../../../../generator/tasks/table.ts';
import { apiPermission } from '../../../../generator/template/api-permission.ts';
import { byOpenness, openness } from '../../../../generator/template/auth.ts';
import {
  getAtt,
  ref,
  skipChecks,
  sub,
  type Properties,
  type Resources,
  type Value,
} from '../../../../generator/template/cloudformation.ts';
import { cors } from '../../../../generator/template/http.ts';
import { ofStage } from '../../../../generator/template/parameters.ts';

/** What an HTTP API waits for at most, in ms. */
const TIMEOUT = 30_000;

/** One line of access log, as JSON. */
const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  path: '$context.path',
  route: '$context.routeKey',
  status: '$context.status',
  error: '$context.error.message',
  functionError: '$context.integrationErrorMessage',
  ms: '$context.responseLatency',
  functionMs: '$context.integrationLatency',
  bytes: '$context.responseLength',
});

/**
 * The routes alone: an HTTP API checks no request against a schema. They stand in the template, since the SAM CLI reads no AWS::Include for
 * an HTTP API on this machine.
 */
function definitionBody(blueprint: Blueprint): Value {
  const { model, task } = blueprint;
  const operations = operationsOf(blueprint, moduleOf(task).operation(task, blueprint));
  const signed = Object.keys(SECURITY.iam.schemes).map((scheme) => ({ [scheme]: [] }));
  const route: Properties = {
    responses: { default: { description: 'What the function answers' } },
    ...(openness(blueprint) !== 'all' && { security: byOpenness(blueprint, [], signed) }),
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: functionUri,
      payloadFormatVersion: '2.0',
      timeoutInMillis: TIMEOUT,
    },
  };
  return {
    openapi: '3.0.1',
    info: { title: ref('AWS::StackName'), version: model.version },
    paths: Object.fromEntries(operations.map(({ method, path }) => [path, { [method.toLowerCase()]: route }])),
    ...(openness(blueprint) !== 'all' && { components: { securitySchemes: SECURITY.iam.schemes as Properties } }),
  };
}

/** The HTTP API, its permission to call the function, and its access log, which needs no role of the account. */
export function httpApiResources(blueprint: Blueprint): Resources {
  return {
    HttpApi: {
      Type: 'AWS::Serverless::HttpApi',
      Properties: {
        DefinitionBody: definitionBody(blueprint),
        CorsConfiguration: cors,
        DefaultRouteSettings: {
          ThrottlingRateLimit: ofStage('RateLimit'),
          ThrottlingBurstLimit: ofStage('BurstLimit'),
        },
        AccessLogSettings: { DestinationArn: getAtt('HttpAccessLogGroup', 'Arn'), Format: ACCESS_LOG_FORMAT },
        Tags: { service: blueprint.name, stage: ref('Stage') },
      },
    },
    HttpApiPermission: apiPermission('${HttpApi}/*/*'),
    HttpAccessLogGroup: {
      Type: 'AWS::Logs::LogGroup',
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
      Metadata: skipChecks({
        CKV_AWS_158: 'CloudWatch encrypts logs with its own key; bodies are not logged.',
      }),
      Properties: {
        // Below this prefix the log's policy, which AWS writes, does not grow with each group.
        LogGroupName: sub('/aws/vendedlogs/http-api/${AWS::StackName}'),
        RetentionInDays: ofStage('LogRetention'),
      },
    },
  };
}
