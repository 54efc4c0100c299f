import { z } from 'zod';
import type { Sample } from '../../../../generator/render/fixtures.ts';
import { getAtt, ref, skipChecks } from '../../../../generator/template/cloudformation.ts';
import type { Parts } from '../../../../generator/template/parts.ts';
import { arnPattern, withArn } from '../../../../generator/triggers/arn.ts';
import { streamParts, TRIES } from '../../../../generator/triggers/stream.ts';
import { BATCHES, type TriggerModule } from '../../../../generator/triggers/trigger.ts';

const ARN = arnPattern('dynamodb', 'table/[\\w.-]{3,255}/stream/[\\dT:.-]+');

const settings = z.strictObject({ kind: z.literal('dynamodb'), arn: z.string().regex(ARN).optional() });
type Settings = z.infer<typeof settings>;

export const dynamodb: TriggerModule<Settings> = {
  kind: 'dynamodb',
  title: "items that are written to a DynamoDB table, the stack's own or one that is there",
  answers: 'outputs',
  settings,
  ...withArn('dynamodb', ARN, 'arn:aws:dynamodb:REGION:ACCOUNT:table/TABLE/stream/TIME'),
  template: ({ arn }, blueprint) =>
    streamParts(
      {
        kind: 'dynamodb',
        type: 'DynamoDB',
        arn: arn ?? getAtt('RequestTable', 'StreamArn'),
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        own: arn === undefined ? OWN : {},
        // What was removed is no request: it is not paid for either.
        properties: { FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT","MODIFY"]}' }] } },
      },
      blueprint,
    ),
  handler: () => ({
    from: 'triggers/dynamodb/handler.ts',
    name: 'dynamodb',
    ...BATCHES,
    folders: ['triggers/dynamodb', ...BATCHES.folders],
  }),
  events: (_, sample) => ({ dynamodb: streamEvent(sample) }),
  readme: () =>
    `An item that is written to the table (output \`RequestTableName\`, key \`id\`) is a request where it has an attribute \`request\`: a map, its JSON as text, or a picture's bytes. An item has 400 kB at most. What fails ${TRIES} times is left out, and where it was is in the queue \`FailedEvents\`.`,
};

const OWN: Parts = {
  resources: {
    RequestTable: {
      Type: 'AWS::DynamoDB::Table',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Metadata: skipChecks({ CKV_AWS_119: 'DynamoDB encrypts with its own key.' }),
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
      },
    },
  },
  outputs: {
    RequestTableName: { Description: 'Table whose items are requests', Value: ref('RequestTable') },
  },
};

/** What Lambda's poller sends. */
function streamEvent({ event }: Sample): object {
  return {
    Records: [
      {
        eventID: 'c4ca4238a0b923820dcc509a6f75849b',
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'us-east-1',
        dynamodb: {
          ApproximateCreationDateTime: 1735689600,
          Keys: { id: { S: 'one' } },
          NewImage: { id: { S: 'one' }, request: { S: JSON.stringify(event) } },
          SequenceNumber: '4421584500000000017450439091',
          SizeBytes: 26,
          StreamViewType: 'NEW_IMAGE',
        },
        eventSourceARN: 'arn:aws:dynamodb:us-east-1:123456789012:table/example/stream/2025-01-01T00:00:00.000',
      },
    ],
  };
}
