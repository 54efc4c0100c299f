import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  S3Client,
  type ListObjectVersionsCommandInput,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
} from '@aws-sdk/client-s3';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import { call, type Aws } from './clients.ts';

/** One version of an object, or a mark that it was deleted. */
export interface Version {
  readonly id: ObjectIdentifier;
  readonly bytes: number;
}

/** S3 in a region. An endpoint of one's own has no name for each bucket: the bucket goes into the path. */
export const s3 = (aws: Aws, io: Io): S3Client =>
  new S3Client({
    region: aws.region,
    forcePathStyle: Boolean(io.env['AWS_ENDPOINT_URL'] ?? io.env['AWS_ENDPOINT_URL_S3']),
  });

/** Whether the bucket is there and ours to see. */
export async function hasBucket(aws: Aws, client: S3Client, bucket: string): Promise<boolean> {
  try {
    await call(aws, (options) => client.send(new HeadBucketCommand({ Bucket: bucket }), options));
    return true;
  } catch (error) {
    if (error instanceof Error && /NotFound|NoSuchBucket/.test(error.name)) return false;
    throw error;
  }
}

/** Every version of every object under a prefix, all pages. */
export async function listVersions(aws: Aws, client: S3Client, bucket: string, prefix: string): Promise<Version[]> {
  const found: Version[] = [];
  let from: Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'> | undefined = {};
  while (from) {
    const command: ListObjectVersionsCommand = new ListObjectVersionsCommand({
      Bucket: bucket,
      Prefix: prefix,
      ...from,
    });
    const page: ListObjectVersionsCommandOutput = await call(aws, (options) => client.send(command, options));
    for (const { Key, VersionId, Size } of page.Versions ?? [])
      found.push({ id: { Key, VersionId }, bytes: Size ?? 0 });
    for (const { Key, VersionId } of page.DeleteMarkers ?? []) found.push({ id: { Key, VersionId }, bytes: 0 });
    from = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
  }
  return found;
}

/** As many as S3 takes in one call. */
const BATCH = 1000;

/** Deletes exactly these versions. */
export async function deleteVersions(
  aws: Aws,
  client: S3Client,
  bucket: string,
  versions: readonly Version[],
): Promise<void> {
  for (let start = 0; start < versions.length; start += BATCH) {
    const Objects = versions.slice(start, start + BATCH).map(({ id }) => id);
    const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
    const { Errors = [] } = await call(aws, (options) => client.send(command, options));
    const [first] = Errors;
    if (first)
      throw new ToolError('DEPLOY_FAILED', {
        what: `S3 keeps ${first.Key ?? ''}: ${first.Message ?? ''}`,
        where: bucket,
      });
  }
}

/** Removes a bucket that is empty. */
export const deleteBucket = (aws: Aws, client: S3Client, bucket: string): Promise<unknown> =>
  call(aws, (options) => client.send(new DeleteBucketCommand({ Bucket: bucket }), options));
