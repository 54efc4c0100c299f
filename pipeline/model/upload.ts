import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
  type CompletedPart,
  type PutObjectCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ToolError } from '../../generator/errors.ts';
import { call, type Aws } from '../aws/clients.ts';
import type { Tar } from './tar.ts';
import type { Description } from './version.ts';

/** An object's place, and whose bucket that must be: its name can be guessed by others. */
export interface Place {
  readonly Bucket: string;
  readonly Key: string;
  readonly ExpectedBucketOwner: string;
}

/** Bytes of a part, and how many are under way at once. */
const PART = 16 * 1_048_576;
const AT_ONCE = 4;

/** Uploads what a tar has, in parts where it is large; an upload that fails or is cancelled leaves nothing. Answers the version. */
export async function upload(
  aws: Aws,
  client: S3Client,
  place: Place,
  description: Description,
  tar: Tar,
): Promise<string> {
  const Metadata = { ...description };
  const version =
    tar.size <= PART
      ? (await putWhole(aws, client, { ...place, Metadata }, tar)).VersionId
      : await inParts(aws, client, { ...place, Metadata }, tar);
  if (version !== undefined && version !== 'null') return version;
  throw new ToolError('MODEL_BUCKET_INVALID', {
    what: 'S3 gave the model no version.',
    where: `s3://${place.Bucket}/${place.Key}`,
    expected: 'a bucket with versions enabled',
  });
}

type Described = Place & { readonly Metadata: Record<string, string> };

async function putWhole(aws: Aws, client: S3Client, place: Described, tar: Tar): Promise<PutObjectCommandOutput> {
  const pieces: Buffer[] = [];
  for await (const piece of tar.read()) pieces.push(piece);
  const command = new PutObjectCommand({ ...place, Body: Buffer.concat(pieces) });
  return call(aws, (options) => client.send(command, options));
}

async function inParts(aws: Aws, client: S3Client, { Metadata, ...place }: Described, tar: Tar): Promise<string | undefined> {
  const create = new CreateMultipartUploadCommand({ ...place, Metadata });
  const { UploadId } = await call(aws, (options) => client.send(create, options));
  try {
    const Parts = await sendParts(aws, client, { ...place, UploadId }, tar);
    const complete = new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } });
    return (await call(aws, (options) => client.send(complete, options))).VersionId;
  } catch (error) {
    // Parts that are never put together are paid for. It is sent even after Ctrl-C.
    await client.send(new AbortMultipartUploadCommand({ ...place, UploadId })).catch(() => undefined);
    throw error;
  }
} // prettier-ignore

async function sendParts(
  aws: Aws,
  client: S3Client,
  place: Place & { readonly UploadId: string | undefined },
  tar: Tar,
): Promise<CompletedPart[]> {
  const sent: Promise<CompletedPart>[] = [];
  const underWay = new Set<Promise<unknown>>();
  for await (const Body of partsOf(tar.read())) {
    const PartNumber = sent.length + 1;
    const command = new UploadPartCommand({ ...place, PartNumber, Body });
    const part = call(aws, (options) => client.send(command, options)).then(
      ({ ETag, ChecksumCRC32 }): CompletedPart => ({
        PartNumber,
        ...(ETag !== undefined && { ETag }),
        ...(ChecksumCRC32 !== undefined && { ChecksumCRC32 }),
      }),
    );
    const ended: Promise<unknown> = part.finally(() => underWay.delete(ended));
    // The first that fails ends the race below, or the wait for all.
    ended.catch(() => undefined);
    sent.push(part);
    underWay.add(ended);
    if (underWay.size >= AT_ONCE) await Promise.race([...underWay]);
  }
  return Promise.all(sent);
}

/** The same bytes in pieces of one size, the last one smaller. */
async function* partsOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    let rest = piece;
    while (size + rest.length >= PART) {
      yield Buffer.concat([...held, rest.subarray(0, PART - size)]);
      rest = rest.subarray(PART - size);
      held = [];
      size = 0;
    }
    held.push(rest);
    size += rest.length;
  }
  if (size > 0) yield Buffer.concat(held);
}
