import { getAtt, ref, sub, type Resources, type Value } from '../../../../generator/template/cloudformation.ts';
import type { Batch } from './emit-settings.ts';
import { MACHINE, sourceArn, statesArn } from './emit-arns.ts';

/** What the state machine may do: read the list of items, run itself for each batch of them, invoke the function's alias, write results. */
export function roleResources(batch: Batch): Resources {
  return {
    BatchRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Description: sub(`What ${MACHINE} may do`),
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'states.amazonaws.com' },
              Action: 'sts:AssumeRole',
              // Nobody else's state machine.
              Condition: {
                StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
                ArnLike: { 'aws:SourceArn': statesArn(`stateMachine:${MACHINE}*`) },
              },
            },
          ],
        },
        Policies: Object.entries(policies(batch)).map(([name, Statement]) => ({
          PolicyName: name,
          PolicyDocument: { Version: '2012-10-17', Statement },
        })),
      },
    },
  };
}

const allow = (Action: string | readonly string[], Resource: Value): Value => ({ Effect: 'Allow', Action, Resource });

const policies = (batch: Batch): Readonly<Record<string, readonly Value[]>> => ({
  invoke: [allow('lambda:InvokeFunction', ref('Function.Alias'))],
  items: [allow('s3:ListBucket', sourceArn(batch)), allow('s3:GetObject', sourceArn(batch, '/*'))],
  results: [
    allow(
      ['s3:PutObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
      sub('${BatchResultBucket.Arn}/*'),
    ),
  ],
  // Each batch is an execution of its own.
  'own-executions': [
    allow('states:StartExecution', statesArn(`stateMachine:${MACHINE}`)),
    allow(['states:DescribeExecution', 'states:StopExecution'], statesArn(`execution:${MACHINE}/*`)),
  ],
  'logs-and-traces': [
    // Deliveries of logs and X-Ray know no resources to narrow these to.
    allow(
      [
        'logs:CreateLogDelivery',
        'logs:GetLogDelivery',
        'logs:UpdateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:DescribeResourcePolicies',
        'logs:DescribeLogGroups',
        'xray:PutTraceSegments',
        'xray:PutTelemetryRecords',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
      ],
      '*',
    ),
  ],
});

export const BATCH_ROLE = getAtt('BatchRole', 'Arn');
