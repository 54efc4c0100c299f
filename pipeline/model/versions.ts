import { GetObjectCommand, HeadObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { ToolError } from '../../generator/errors.ts';
import { hasBucket } from '../aws/buckets.ts';
import { call, type Aws } from '../aws/clients.ts';
import type { Place } from './upload.ts';
import { isMeant, sha256In, versionName, type Description, type ModelVersion } from './version.ts';

/** How many objects are asked about at once. */
const AT_ONCE = 8;

/** The newest version of a model; undefined where there is none. */
export async function readVersion(aws: Aws, client: S3Client, place: Place): Promise<ModelVersion | undefined> {
  const sha256 = sha256In(place.Key);
  if (sha256 === undefined) return undefined;
  try {
    const found = await call(aws, (options) => client.send(new HeadObjectCommand(place), options));
    const { VersionId, ContentLength = 0, LastModified, Metadata } = found;
    const said: Partial<Description> = Metadata ?? {};
    // What an object says of itself counts where it was written together with the object.
    const ours = said.sha256 === sha256;
    return {
      name: (ours && said.name) || versionName('', sha256),
      sha256,
      bucket: place.Bucket,
      key: place.Key,
      id: VersionId ?? '',
      bytes: ContentLength,
      uploaded: LastModified?.toISOString(),
      signature: ours ? said.signature : undefined,
    };
  } catch (error) {
    if (error instanceof Error && /NotFound|NoSuchKey/.test(error.name)) return undefined;
    throw error;
  }
}

/** All models under a prefix, the newest first; none where there is no bucket. */
export async function listModels(
  aws: Aws,
  client: S3Client,
  { Bucket, ExpectedBucketOwner }: { readonly Bucket: string | undefined; readonly ExpectedBucketOwner: string },
  prefix: string,
): Promise<ModelVersion[]> {
  if (Bucket === undefined || !(await hasBucket(aws, client, Bucket))) return [];
  const keys = await call(aws, async (options) => {
    const found: string[] = [];
    const pages = paginateListObjectsV2({ client }, { Bucket, ExpectedBucketOwner, Prefix: prefix }, options);
    for await (const { Contents = [] } of pages) found.push(...Contents.flatMap(({ Key }) => Key ?? []));
    return found.filter((key) => sha256In(key.slice(prefix.length - 1)) !== undefined);
  });
  const versions: (ModelVersion | undefined)[] = [];
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const some = keys.slice(start, start + AT_ONCE);
    const places = some.map((Key) => ({ Bucket, Key, ExpectedBucketOwner }));
    versions.push(...(await Promise.all(places.map((place) => readVersion(aws, client, place)))));
  }
  return versions
    .filter((version) => version !== undefined)
    .sort((a, b) => (b.uploaded ?? '').localeCompare(a.uploaded ?? '') || a.name.localeCompare(b.name));
}

/** The one that somebody means. @throws ToolError MODEL_VERSION_UNKNOWN where it is none, or several */
export function chooseVersion(
  versions: readonly ModelVersion[],
  text: string,
  stage: string,
  where: string,
): ModelVersion {
  const [chosen, ...more] = versions.filter((version) => isMeant(version, text));
  if (chosen && more.length === 0) return chosen;
  const names = versions.slice(0, 10).map(({ name }) => name);
  throw new ToolError('MODEL_VERSION_UNKNOWN', {
    what: chosen
      ? `${text} could be ${[chosen, ...more].map(({ sha256 }) => sha256).join(' or ')}.`
      : `There is no version ${text} for ${stage}.`,
    where,
    ...(names.length > 0 && { expected: names.join(', ') }),
    next: `onnx-lambda model list --stage ${stage}, or onnx-lambda model push --stage ${stage}`,
  });
}

/**
 * Reads a version from end to end, and compares: what the object says of itself proves nothing.
 *
 * @throws ToolError MODEL_SHA256_DIFFERS
 */
export async function checkContent(aws: Aws, client: S3Client, version: ModelVersion, account: string): Promise<void> {
  const { bucket, key, id } = version;
  const command = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: id, ExpectedBucketOwner: account });
  const sha256 = await call(aws, async (options) => {
    const { Body } = await client.send(command, options);
    const hash = createHash('sha256');
    for await (const piece of (Body ?? []) as AsyncIterable<Uint8Array>) hash.update(piece);
    return hash.digest('hex');
  });
  if (sha256 === version.sha256) return;
  throw new ToolError('MODEL_SHA256_DIFFERS', {
    what: `What lies there is another model than its name says: its sha256 is ${sha256}.`,
    where: `s3://${bucket}/${key}?versionId=${id}`,
    expected: `sha256 ${version.sha256}`,
    next: 'a function would refuse to start with it; push the model again',
  });
}
