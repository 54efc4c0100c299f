import type { Way } from '../named.ts';
import { objectReader } from './object.ts';
import { placeOf } from './place.ts';

/**
 * `s3://BUCKET/KEY` in the buckets, or below the prefixes of them, that INPUT_S3 names; the function's role may read no others.
 *
 * @example s3Way({ INPUT_S3: 'pictures,archive/2024/' })
 */
export function s3Way(env: NodeJS.ProcessEnv): Way {
  const allowed = (env['INPUT_S3'] ?? '').split(',').filter(Boolean);
  const read = objectReader(env);
  return {
    scheme: 's3:',
    async fetch(url, limit, deadline) {
      const { bytes } = await read(placeOf(url, allowed), limit, deadline);
      return bytes;
    },
  };
}

export const s3 = s3Way(process.env);
