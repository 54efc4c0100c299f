import type * as S3 from '@aws-sdk/client-s3';
import { addAbortSignal, type Readable } from 'node:stream';
import { ServiceError } from '../../errors.ts';
import { fromLayer } from '../../layer.ts';
import type { Way } from '../named.ts';
import { collect } from '../collect.ts';
import { failed, timedOut } from '../failures.ts';
import { placeOf } from './place.ts';

/** How often S3 is asked when it fails. */
const ATTEMPTS = 3;

/**
 * `s3://BUCKET/KEY` in the buckets, or below the prefixes of them, that INPUT_S3 names; the function's role may read no others.
 *
 * @example s3Way({ INPUT_S3: 'pictures,archive/2024/' })
 */
export function s3Way(env: NodeJS.ProcessEnv): Way {
  const allowed = (env['INPUT_S3'] ?? '').split(',').filter(Boolean);
  const { GetObjectCommand, S3Client } = fromLayer('@aws-sdk/client-s3') as typeof S3;
  const client = new S3Client({
    maxAttempts: ATTEMPTS,
    followRegionRedirects: true,
    // An endpoint of one's own has no name for each bucket.
    forcePathStyle: Boolean(env['AWS_ENDPOINT_URL'] ?? env['AWS_ENDPOINT_URL_S3']),
  });
  return {
    scheme: 's3:',
    async fetch(url, limit, deadline) {
      const { bucket, key } = placeOf(url, allowed);
      try {
        const command = new GetObjectCommand({ Bucket: bucket, Key: key });
        const object = await client.send(command, { abortSignal: deadline });
        const body = addAbortSignal(deadline, object.Body as Readable);
        try {
          return await collect({ bytes: body, size: object.ContentLength, encoding: object.ContentEncoding }, limit);
        } finally {
          body.destroy();
        }
      } catch (error) {
        throw explainS3(error, deadline);
      }
    },
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

export const s3 = s3Way(process.env);
