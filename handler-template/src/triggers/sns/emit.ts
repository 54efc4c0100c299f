import { z } from 'zod';
import type { Sample } from '../../../../generator/render/fixtures.ts';
import { ref } from '../../../../generator/template/cloudformation.ts';
import { merged, type Parts } from '../../../../generator/template/parts.ts';
import { onlyOverTls } from '../../../../generator/template/queue.ts';
import { arnPattern, withArn } from '../../../../generator/triggers/arn.ts';
import { asynchronousParts } from '../../../../generator/triggers/asynchronous.ts';
import { RECORDS, type TriggerModule } from '../../../../generator/triggers/trigger.ts';

// SNS delivers nothing of FIFO topics to functions.
const ARN = arnPattern('sns', '[\\w-]{1,256}');

const settings = z.strictObject({ kind: z.literal('sns'), arn: z.string().regex(ARN).optional() });
type Settings = z.infer<typeof settings>;

export const sns: TriggerModule<Settings> = {
  kind: 'sns',
  title: "messages of an SNS topic, the stack's own or one that is there",
  answers: 'outputs',
  settings,
  ...withArn('sns', ARN, 'arn:aws:sns:REGION:ACCOUNT:TOPIC'),
  template: ({ arn }) => merged([asynchronousParts, arn === undefined ? OWN : subscribedTo(arn)]),
  handler: () => ({ from: 'triggers/sns/handler.ts', name: 'sns', folders: ['triggers/sns', ...RECORDS.folders] }),
  events: (_, sample) => ({ sns: snsEvent(sample) }),
  readme: () =>
    'Messages of the topic (output `TopicArn`) are requests in JSON, of 256 kB at most: `aws sns publish --topic-arn ARN --message file://events/predict.json`. What fails three times is in the queue `FailedEvents`.',
};

const subscribedTo = (topic: ReturnType<typeof ref>): Parts => ({
  events: { Topic: { Type: 'SNS', Properties: { Topic: topic } } },
  outputs: { TopicArn: { Description: 'Topic whose messages are requests', Value: topic } },
});

const OWN: Parts = {
  ...subscribedTo(ref('Topic')),
  resources: {
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: { KmsMasterKeyId: 'alias/aws/sns' },
    },
    TopicPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [ref('Topic')],
        PolicyDocument: { Version: '2012-10-17', Statement: [onlyOverTls('sns:Publish', ref('Topic'))] },
      },
    },
  },
};

/** What SNS sends. */
function snsEvent({ event }: Sample): object {
  const topic = 'arn:aws:sns:us-east-1:123456789012:example';
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: `${topic}:00000000-0000-4000-8000-000000000000`,
        Sns: {
          Type: 'Notification',
          MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e',
          TopicArn: topic,
          Subject: null,
          Message: JSON.stringify(event),
          Timestamp: '2025-01-01T00:00:00.000Z',
          SignatureVersion: '1',
          Signature: 'EXAMPLE',
          SigningCertUrl: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-example.pem',
          UnsubscribeUrl: 'https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe',
          MessageAttributes: {},
        },
      },
    ],
  };
}
