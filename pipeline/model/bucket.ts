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
import { join } from 'node:path';
import type { Io } from '../../generator/io.ts';
import { hasBucket } from '../aws/buckets.ts';
import { call, type Aws } from '../aws/clients.ts';
import { applyTemplate } from '../aws/small-stack.ts';
import { describe, outputOf } from '../aws/stack-state.ts';
import type { Project } from '../project.ts';
import { MODEL_BUCKET, type Target } from '../stage.ts';

/** Template of the stack that has the bucket of one stage's models. */
const MODELS_FILE = 'models.yaml';

/** The bucket that a stage's models are in; undefined where the stack that would have it is not there. */
export async function modelBucket(aws: Aws, { models }: Target, account: string): Promise<string | undefined> {
  switch (models.kind) {
    case 'shared':
      return `onnx-lambda-models-${account}-${aws.region}`;
    case 'existing':
      return models.bucket;
    case 'stack':
      return outputOf(await describe(aws, models.stackName), MODEL_BUCKET);
  }
}

/**
 * Sees to it that the bucket is there and keeps versions. One that we make is not public, and takes encrypted connections alone.
 *
 * @throws ToolError MODEL_BUCKET_INVALID where a bucket of somebody's own is not there or keeps no versions
 */
export async function ensureBucket(
  aws: Aws,
  client: S3Client,
  { root }: Project,
  target: Target,
  account: string,
  io: Io,
): Promise<string> {
  const { models } = target;
  if (models.kind === 'stack') await applyTemplate(aws, models.stackName, target.stage, join(root, MODELS_FILE), io);
  const bucket = (await modelBucket(aws, target, account)) ?? '';
  if (await hasBucket(aws, client, bucket)) {
    await checkVersions(aws, client, bucket, account);
    return bucket;
  }
  if (models.kind !== 'shared') throw invalid('There is no such bucket.', bucket);
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
    next: `aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled, or leave ${MODEL_BUCKET} out of samconfig.yaml, or take another: onnx-lambda update --model-bucket shared`,
  });
