import { alarms } from './alarms.ts';
import { getAtt, ref, skipChecks, type Properties, type Resources, type Value } from './cloudformation.ts';

/** Days that SQS keeps a message at most: time to look at what failed. */
const LONGEST_RETENTION = 14 * 86_400;

/** What nobody may do but over TLS. @param resource ARN, or ARNs */
export const onlyOverTls = (actions: Value, resource: Value): Value => ({
  Sid: 'OnlyOverTls',
  Effect: 'Deny',
  Principal: '*',
  Action: actions,
  Resource: resource,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** An encrypted queue that is spoken to over TLS alone, under its logical id. */
export function queue(id: string, properties: Properties = {}): Resources {
  return {
    [id]: {
      Type: 'AWS::SQS::Queue',
      Metadata: skipChecks({ CKV_AWS_27: 'SQS encrypts with its own key (SSE-SQS), which this check does not know.' }),
      Properties: { SqsManagedSseEnabled: true, ...properties },
    },
    [`${id}Policy`]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [ref(id)],
        PolicyDocument: { Version: '2012-10-17', Statement: [onlyOverTls('sqs:*', getAtt(id, 'Arn'))] },
      },
    },
  };
}

/** A queue for what failed for good, and an alarm for when there is something in it. */
export function deadLetterQueue(id: string, description: string, properties: Properties = {}): Resources {
  return {
    ...queue(id, { MessageRetentionPeriod: LONGEST_RETENTION, ...properties }),
    ...alarms({
      [`${id}Alarm`]: {
        description,
        metric: 'ApproximateNumberOfMessagesVisible',
        of: { namespace: 'AWS/SQS', by: { QueueName: getAtt(id, 'QueueName') } },
        statistic: 'Maximum',
        threshold: 1,
        minutes: 1,
      },
    }),
  };
}
