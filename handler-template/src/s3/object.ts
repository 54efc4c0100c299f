import type { Readable } from 'node:stream';
import type * as S3 from '@aws-sdk/client-s3';
import { fromLayer } from '../layer.ts';
import { ModelError } from '../remote-model/errors.ts';
import type { Opened } from '../remote-model/received.ts';

/** An object that never changes, and what must be in it. */
export interface Pinned {
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  /** Of the object: a tar of the model's folder. */
  readonly sha256: string;
}

/** ms without a byte after which a connection counts as broken. */
const SILENCE = 20_000;

/**
 * Asks S3 for one version of an object. The SDK is the one that Lambda's runtime brings: nothing of it is in the bundle, AWS keeps it up to date,
 * and what it takes to load hardly matters beside a download. It takes credentials, region and retries from the environment.
 */
export async function openObject({ bucket, key, version }: Pinned): Promise<Opened> {
  const { GetObjectCommand, S3Client } = fromLayer('@aws-sdk/client-s3') as typeof S3;
  const client = new S3Client({
    // An endpoint of one's own has no name for each bucket.
    forcePathStyle: Boolean(process.env['AWS_ENDPOINT_URL'] ?? process.env['AWS_ENDPOINT_URL_S3']),
    requestHandler: { requestTimeout: SILENCE, socketTimeout: SILENCE },
    // The object's own sha256 is checked.
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const command = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version });
  const { Body, ContentLength } = await client.send(command);
  if (!Body) throw new ModelError('MODEL_TRUNCATED', 'S3 answered without a body.');
  const bytes = Body as unknown as Readable;
  return { bytes, size: ContentLength, stop: () => void bytes.destroy() };
}
