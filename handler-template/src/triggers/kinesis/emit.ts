import { z } from 'zod';
import type { Sample } from '../../../../generator/render/fixtures.ts';
import { getAtt, ref, skipChecks } from '../../../../generator/template/cloudformation.ts';
import type { Parts } from '../../../../generator/template/parts.ts';
import { arnPattern, withArn } from '../../../../generator/triggers/arn.ts';
import { streamParts, TRIES } from '../../../../generator/triggers/stream.ts';
import { BATCHES, type TriggerModule } from '../../../../generator/triggers/trigger.ts';

const ARN = arnPattern('kinesis', 'stream/[\\w.-]{1,128}');

const settings = z.strictObject({ kind: z.literal('kinesis'), arn: z.string().regex(ARN).optional() });
type Settings = z.infer<typeof settings>;

export const kinesis: TriggerModule<Settings> = {
  kind: 'kinesis',
  title: "records of a Kinesis data stream, the stack's own or one that is there",
  answers: 'outputs',
  settings,
  ...withArn('kinesis', ARN, 'arn:aws:kinesis:REGION:ACCOUNT:stream/STREAM'),
  template: ({ arn }, blueprint) =>
    streamParts(
      {
        kind: 'kinesis',
        type: 'Kinesis',
        arn: arn ?? getAtt('RequestStream', 'Arn'),
        actions: [
          'kinesis:DescribeStream',
          'kinesis:DescribeStreamSummary',
          'kinesis:GetRecords',
          'kinesis:GetShardIterator',
          'kinesis:ListShards',
        ],
        own: arn === undefined ? OWN : {},
      },
      blueprint,
    ),
  handler: () => ({
    from: 'triggers/kinesis/handler.ts',
    name: 'kinesis',
    ...BATCHES,
    folders: ['triggers/kinesis', ...BATCHES.folders],
  }),
  events: (_, sample) => ({ kinesis: kinesisEvent(sample) }),
  readme: () =>
    `Records of the stream (output \`RequestStreamName\`) are requests: JSON, or a picture's bytes, of 1 MB at most; records that the Kinesis Producer Library put together are not taken apart. A record that fails ${TRIES} times is left out, and where it was is in the queue \`FailedEvents\`.`,
};

const OWN: Parts = {
  resources: {
    RequestStream: {
      Type: 'AWS::Kinesis::Stream',
      Metadata: skipChecks({ CKV_AWS_185: "Encrypted by Kinesis' own key, which is not paid for." }),
      Properties: {
        StreamModeDetails: { StreamMode: 'ON_DEMAND' },
        StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
      },
    },
  },
  outputs: {
    RequestStreamName: { Description: 'Data stream whose records are requests', Value: ref('RequestStream') },
  },
};

/** What Lambda's poller sends. */
function kinesisEvent({ event }: Sample): object {
  const sequenceNumber = '49545115243490985018280067714973144582180062593244200961';
  return {
    Records: [
      {
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: 'partitionKey-03',
          sequenceNumber,
          data: Buffer.from(JSON.stringify(event)).toString('base64'),
          approximateArrivalTimestamp: 1735689600.001,
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: `shardId-000000000000:${sequenceNumber}`,
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: 'arn:aws:iam::123456789012:role/example',
        awsRegion: 'us-east-1',
        eventSourceARN: 'arn:aws:kinesis:us-east-1:123456789012:stream/example',
      },
    ],
  };
}
