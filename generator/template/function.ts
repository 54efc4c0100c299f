import type { Blueprint } from '../blueprint.ts';
import { handlerOf } from '../tasks/table.ts';
import { getAtt, iff, noValue, ref, skipChecks, sub, type Resources } from './cloudformation.ts';
import { sourceParts } from './model-source.ts';
import { ofStage } from './parameters.ts';

/** Alias that the API and direct invokes call; deployments move it. */
export const ALIAS = 'live';

/** The function, its role and its log group. */
export function functionResources(blueprint: Blueprint): Resources {
  const { architecture, timeout } = blueprint.function;
  const source = sourceParts(blueprint);
  return {
    Function: {
      Type: 'AWS::Serverless::Function',
      Metadata: {
        BuildMethod: 'esbuild',
        BuildProperties: {
          EntryPoints: ['handler.ts'],
          Format: 'esm',
          Target: 'node24',
          OutExtension: ['.js=.mjs'],
          External: handlerOf(blueprint.task).runtime,
          Minify: true,
          Sourcemap: true,
          // As text: SAM drops a flag that is the boolean false, and the map is four fifths of the zip with the sources in it.
          SourcesContent: 'false',
        },
        ...source.metadata,
        ...skipChecks({
          CKV_AWS_116: 'Invoked synchronously: the caller gets the error, nothing is lost to a dead-letter queue.',
          CKV_AWS_117: 'Reaches nothing that lies inside of a VPC.',
          CKV_AWS_173: 'The environment holds file names and settings, no secrets.',
          CKV_AWS_272: 'Signing needs a signing profile of the account; the artifact is checked by its digest.',
        }),
      },
      Properties: {
        FunctionName: ref('AWS::StackName'),
        CodeUri: 'src/',
        Handler: 'handler.handler',
        Runtime: 'nodejs24.x',
        Architectures: [architecture],
        MemorySize: ref('MemorySize'),
        Timeout: timeout,
        Layers: [ref('RuntimeLayer'), ...source.layers],
        ...source.properties,
        Environment: {
          Variables: {
            ...source.variables,
            CORS_ORIGIN: ref('AllowOrigin'),
            NODE_OPTIONS: '--enable-source-maps',
            POWERTOOLS_SERVICE_NAME: blueprint.name,
            POWERTOOLS_METRICS_NAMESPACE: blueprint.name,
            POWERTOOLS_LOG_LEVEL: ofStage('LogLevel'),
          },
        },
        Role: getAtt('FunctionRole', 'Arn'),
        LoggingConfig: { LogGroup: ref('LogGroup') },
        Tracing: 'Active',
        ReservedConcurrentExecutions: iff('ReservesConcurrency', ref('ReservedConcurrency'), noValue),
        AutoPublishAlias: ALIAS,
        // A new model or a new setting is a new version too, not only new code.
        AutoPublishAliasAllProperties: true,
        DeploymentPreference: {
          Type: iff('IsProd', 'Canary10Percent5Minutes', 'AllAtOnce'),
          Alarms: [ref('ErrorsAlarm')],
        },
        Tags: { service: blueprint.name, stage: ref('Stage') },
      },
    },
    FunctionRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Description: sub(
          source.statements.length > 0
            ? 'Lets ${AWS::StackName} write its own logs and traces, and read its models'
            : 'Lets ${AWS::StackName} write its own logs and traces',
        ),
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: 'logs-and-traces',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                  Resource: getAtt('LogGroup', 'Arn'),
                },
                // X-Ray knows no resources to narrow these to.
                {
                  Effect: 'Allow',
                  Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
                  Resource: '*',
                },
                ...source.statements,
              ],
            },
          },
        ],
      },
    },
    LogGroup: {
      Type: 'AWS::Logs::LogGroup',
      // It has a fixed name: left behind, it would be in the way of the stack's next creation.
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
      Metadata: skipChecks({
        CKV_AWS_158: 'CloudWatch encrypts logs with its own key; requests and answers are not logged.',
      }),
      Properties: {
        LogGroupName: sub('/aws/lambda/${AWS::StackName}'),
        RetentionInDays: ofStage('LogRetention'),
      },
    },
  };
}
