import type { Blueprint } from '../blueprint.ts';
import { ALIAS } from './alias.ts';
import { getAtt, iff, noValue, ref, skipChecks, sub, type Resources, type Value } from './cloudformation.ts';
import { ofStage } from './parameters.ts';
import type { Parts } from './parts.ts';

/** Why checkov leaves out checks of the function. */
const SKIPS: Required<Parts>['skips'] = {
  CKV_AWS_116: 'Invoked synchronously: the caller gets the error, nothing is lost to a dead-letter queue.',
  CKV_AWS_117: 'Reaches nothing that lies inside of a VPC.',
  CKV_AWS_173: 'The environment holds file names and settings, no secrets.',
  CKV_AWS_272: 'Signing needs a signing profile of the account; the artifact is checked by its digest.',
};

const definedOnly = (reasons: Required<Parts>['skips']): Record<string, string> =>
  Object.fromEntries(Object.entries(reasons).flatMap(([id, why]) => (why === undefined ? [] : [[id, why]])));

const LOGS_AND_TRACES: readonly Value[] = [
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
];

/** The function, its role and its log group. */
export function functionResources(blueprint: Blueprint, parts: Required<Parts>): Resources {
  const { architecture, timeout } = blueprint.function;
  const { metadata, properties, variables, version, layers, events, policies, skips } = parts;
  return {
    Function: {
      Type: 'AWS::Serverless::Function',
      Metadata: {
        ...metadata,
        ...skipChecks(definedOnly({ ...SKIPS, ...skips })),
      },
      Properties: {
        FunctionName: ref('AWS::StackName'),
        ...properties,
        Architectures: [architecture],
        MemorySize: ref('MemorySize'),
        Timeout: timeout,
        ...(layers.length > 0 && { Layers: layers }),
        Environment: {
          Variables: {
            ...variables,
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
        VersionDescription: sub(['${MemorySize} MB', ...version].join(', ')),
        DeploymentPreference: {
          Type: iff('IsProd', 'Canary10Percent5Minutes', 'AllAtOnce'),
          Alarms: [ref('ErrorsAlarm')],
        },
        ...(Object.keys(events).length > 0 && { Events: events }),
        Tags: { service: blueprint.name, stage: ref('Stage') },
      },
    },
    FunctionRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Description: sub('What ${AWS::StackName} may do'),
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: Object.entries({ 'logs-and-traces': LOGS_AND_TRACES, ...policies }).map(([name, statements]) => ({
          PolicyName: name,
          PolicyDocument: { Version: '2012-10-17', Statement: statements },
        })),
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
