import { refused } from '../failures.ts';

/** An object in S3. */
export interface Place {
  readonly bucket: string;
  readonly key: string;
}

/**
 * Reads `s3://BUCKET/KEY`. The key is what stands there: nothing in it is decoded.
 *
 * @param allowed `bucket` or `bucket/prefix`, each
 * @throws ServiceError URL_REFUSED
 */
export function placeOf(url: string, allowed: readonly string[]): Place {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/is.exec(url) ?? [];
  if (bucket === undefined || key === undefined) throw refused('expected s3://BUCKET/KEY');
  // Not every server takes these for a part of a name.
  if (key.split('/').some((part) => part === '.' || part === '..')) throw refused('a key has no . and no .. as a part');
  if (!allowed.some((one) => covers(one, bucket, key)))
    throw refused('this bucket, or this part of it, is not one that may be read');
  return { bucket, key };
}

function covers(allowed: string, bucket: string, key: string): boolean {
  const [name, ...prefix] = allowed.split('/');
  return bucket === name && key.startsWith(prefix.join('/'));
}
