import type { S3EventRecord } from 'aws-lambda';
import { ServiceError } from '../../errors.ts';

/** An object as its event says it. */
export type EventObject = S3EventRecord['s3']['object'];

/**
 * The key of an object: events have it URL-encoded, a space as `+`. Undefined where it is not.
 *
 * @example 'a+b%20c' → 'a b c'
 */
export function keyOf({ key }: Pick<EventObject, 'key'>): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** Tells what was written from what is written there next: the same however often its event comes. */
export const versionOf = ({ versionId, sequencer }: EventObject): string => versionId ?? sequencer;

/** Before anything is read. @throws ServiceError DOWNLOAD_TOO_LARGE */
export function checkSize({ size }: EventObject, limit: number): void {
  if (size > limit) throw new ServiceError('DOWNLOAD_TOO_LARGE', `The object is larger than ${limit} bytes.`);
}
