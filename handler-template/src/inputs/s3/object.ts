import type * as S3 from '@aws-sdk/client-s3';
import { addAbortSignal, type Readable } from 'node:stream';
import { ServiceError } from '../../errors.ts';
import { fromLayer } from '../../layer.ts';
import { collect } from '../collect.ts';
import { failed, timedOut } from '../failures.ts';
import type { Place } from './place.ts';

/** How often S3 is asked when it fails. */
const ATTEMPTS = 3;

export interface Stored {
  readonly bytes: Buffer;
  /** As whoever wrote it said. */
  readonly contentType: string | undefined;
}

/**
 * Takes a whole object, its size checked before and while it comes.
 *
 * @param limit in bytes
 * @throws ServiceError DOWNLOAD_…, STORE_UNAVAILABLE
 */
export type ReadObject = (
  object: Place & { readonly version?: string | undefined },
  limit: number,
  deadline: AbortSignal,
) => Promise<Stored>;

/** Reads objects by the SDK that Lambda brings. */
export function objectReader(env: NodeJS.ProcessEnv): ReadObject {
  const { GetObjectCommand, S3Client } = fromLayer('@aws-sdk/client-s3') as typeof S3;
  const client = new S3Client({
    maxAttempts: ATTEMPTS,
    followRegionRedirects: true,
    // An endpoint of one's own has no name for each bucket.
    forcePathStyle: Boolean(env['AWS_ENDPOINT_URL'] ?? env['AWS_ENDPOINT_URL_S3']),
  });
  return async ({ bucket, key, version }, limit, deadline) => {
    try {
      const command = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version });
      const object = await client.send(command, { abortSignal: deadline });
      const body = addAbortSignal(deadline, object.Body as Readable);
      try {
        const arriving = { bytes: body, size: object.ContentLength, encoding: object.ContentEncoding };
        return { bytes: await collect(arriving, limit), contentType: object.ContentType };
      } finally {
        body.destroy();
      }
    } catch (error) {
      throw explainS3(error, deadline);
    }
  };
}

function explainS3(error: unknown, deadline: AbortSignal): ServiceError {
  if (error instanceof ServiceError) return error;
  if (deadline.aborted) return timedOut(error);
  const status = (error as Partial<S3.S3ServiceException>).$metadata?.httpStatusCode ?? 500;
  // Without s3:ListBucket, what is not there is forbidden.
  if (status < 500 && status !== 429) return failed('the object is not there, or may not be read', error);
  return new ServiceError('STORE_UNAVAILABLE', 'S3 does not answer as it should: try again later.', { cause: error });
}
