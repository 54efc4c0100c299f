import { z } from 'zod';
import { withoutValue } from '../../../../generator/part.ts';
import type { Sample } from '../../../../generator/render/fixtures.ts';
import { bucket, tidiedUp } from '../../../../generator/template/bucket.ts';
import { ref, sub, type Resource } from '../../../../generator/template/cloudformation.ts';
import { merged, type Parts } from '../../../../generator/template/parts.ts';
import { asynchronousParts } from '../../../../generator/triggers/asynchronous.ts';
import { RECORDS, type TriggerModule } from '../../../../generator/triggers/trigger.ts';

const settings = z.strictObject({ kind: z.literal('s3') });
type Settings = z.infer<typeof settings>;

const { parse, print } = withoutValue<Settings>({ kind: 's3' });

export const s3: TriggerModule<Settings> = {
  kind: 's3',
  title: "objects that are written to the stack's bucket for requests",
  answers: 'outputs',
  settings,
  parse: (value) =>
    value === undefined
      ? parse(value)
      : { expected: "s3 without a value: CloudFormation sets notifications of the stack's own buckets alone" },
  print,
  template: () => merged([asynchronousParts, PARTS]),
  handler: () => ({
    from: 'triggers/s3/handler.ts',
    name: 's3',
    folders: ['triggers/s3', 'inputs', 'inputs/s3', ...RECORDS.folders],
    brought: ['@aws-sdk/client-s3'],
  }),
  events: (_, sample) => ({ s3: s3Event(sample) }),
  readme: () =>
    `What is written to the bucket for requests (output \`InputBucketName\`) is a request: a picture, or an object \`*.json\` with the JSON of one. \`aws s3 cp FILE s3://BUCKET/\` is all it takes. What fails three times is in the queue \`FailedEvents\`.`,
};

/** A policy of its own: the bucket waits for the function, whose role would wait for the bucket. */
const MAY_READ: Resource = {
  Type: 'AWS::IAM::RolePolicy',
  Properties: {
    RoleName: ref('FunctionRole'),
    PolicyName: 'trigger-s3',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: sub('${InputBucket.Arn}/*') },
      ],
    },
  },
};

/** Days that what was written over is kept. */
const KEPT = 30;

const PARTS: Parts = {
  resources: { ...bucket('InputBucket', tidiedUp(KEPT)), InputBucketAccess: MAY_READ },
  events: { Objects: { Type: 'S3', Properties: { Bucket: ref('InputBucket'), Events: 's3:ObjectCreated:*' } } },
  outputs: {
    InputBucketName: { Description: 'Bucket whose objects are requests', Value: ref('InputBucket') },
  },
};

/** What S3 sends. */
function s3Event({ file, body }: Sample): object {
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'us-east-1',
        eventTime: '2025-01-01T00:00:00.000Z',
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: 'EXAMPLE' },
        requestParameters: { sourceIPAddress: '192.0.2.1' },
        responseElements: { 'x-amz-request-id': 'EXAMPLE123456789', 'x-amz-id-2': 'EXAMPLE123/abcdefghijklmno' },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'example',
          bucket: {
            name: 'example-bucket',
            ownerIdentity: { principalId: 'EXAMPLE' },
            arn: 'arn:aws:s3:::example-bucket',
          },
          object: {
            key: encodeURIComponent(file).replaceAll('%20', '+'),
            size: body.length,
            eTag: '0123456789abcdef0123456789abcdef',
            sequencer: '0A1B2C3D4E5F678901',
          },
        },
      },
    ],
  };
}
