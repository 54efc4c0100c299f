import {
  CreateBucketCommand,
  GetBucketVersioningCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type BucketLocationConstraint,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ToolError } from '../../generator/errors.ts';
import { hasBucket } from '../aws/buckets.ts';
import { call, type Aws } from '../aws/clients.ts';
import type { Target } from '../stage.ts';
import { PINS } from './pins.ts';

/** The bucket that a stage's models are in: the one that samconfig.yaml names, else one for all projects of an account and region. */
export const modelBucket = ({ parameters }: Target, account: string, region: string): string =>
  parameters[PINS.bucket] || `onnx-lambda-models-${account}-${region}`;

/**
 * Sees to it that the bucket is there and keeps versions. One that we make is not public, and takes encrypted connections alone.
 *
 * @throws ToolError MODEL_BUCKET_INVALID where a bucket of somebody's own is not there or keeps no versions
 */
export async function ensureBucket(aws: Aws, client: S3Client, target: Target, account: string): Promise<string> {
  const bucket = modelBucket(target, account, aws.region);
  const isOwn = Boolean(target.parameters[PINS.bucket]);
  if (await hasBucket(aws, client, bucket)) {
    await checkVersions(aws, client, bucket, account);
    return bucket;
  }
  if (isOwn) throw invalid('There is no such bucket.', bucket);
  await makeBucket(aws, client, bucket);
  return bucket;
}

async function makeBucket(aws: Aws, client: S3Client, Bucket: string): Promise<void> {
  const send = <Answer>(work: (options: { abortSignal: AbortSignal }) => Promise<Answer>): Promise<Answer> => call(aws, work); // prettier-ignore
  const elsewhere = aws.region !== 'us-east-1';
  const location = { LocationConstraint: aws.region as BucketLocationConstraint };
  await send((options) =>
    client.send(
      new CreateBucketCommand({ Bucket, ...(elsewhere && { CreateBucketConfiguration: location }) }),
      options,
    ),
  );
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await send((options) => client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }), options));
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  await send((options) =>
    client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }), options),
  );
  await send((options) =>
    client.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(tlsOnly(Bucket, aws.region)) }), options),
  );
}

function tlsOnly(bucket: string, region: string): object {
  const arn = `arn:${partitionOf(region)}:s3:::${bucket}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  };
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

async function checkVersions(aws: Aws, client: S3Client, bucket: string, account: string): Promise<void> {
  const command = new GetBucketVersioningCommand({ Bucket: bucket, ExpectedBucketOwner: account });
  const { Status } = await call(aws, (options) => client.send(command, options));
  if (Status !== 'Enabled') throw invalid('The bucket keeps no versions.', bucket);
}

const invalid = (what: string, bucket: string): ToolError =>
  new ToolError('MODEL_BUCKET_INVALID', {
    what,
    where: `s3://${bucket}`,
    expected: 'a bucket of this account, with versions enabled',
    next: `aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled, or leave ${PINS.bucket} out of samconfig.yaml`,
  });
