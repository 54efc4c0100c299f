import type { Incoming } from '../../hooks.ts';
import { objectReader } from '../../inputs/s3/object.ts';
import { LARGEST_PICTURE } from '../../limits.ts';
import { fromFile } from '../../records/content.ts';
import { deadlineWithin } from '../../time-left.ts';
import type { BatchEvent, Item } from './event.ts';
import { isField, requestOfRow } from './row.ts';

const { BATCH_BUCKET: bucket = '' } = process.env;

/** Milliseconds that S3 is waited for at most. */
const LONGEST = 10_000;

const read = objectReader(process.env);

/** Key of the object that an item stands for; undefined where it is a request itself. */
export function keyOf({ Key }: Item, format: BatchEvent['BatchInput']['format']): string | undefined {
  return typeof Key === 'string' && (format === 'objects' || !isField('Key')) ? Key : undefined;
}

/** @throws ServiceError what is wrong with an object, or with what is in it */
export async function requestOf(item: Item, format: BatchEvent['BatchInput']['format']): Promise<Incoming> {
  const key = keyOf(item, format);
  if (key === undefined) return { kind: 'json', value: format === 'csv' ? requestOfRow(item) : item };
  const deadline = deadlineWithin(LONGEST);
  const { bytes, contentType } = await read({ bucket, key }, LARGEST_PICTURE, deadline);
  return fromFile(bytes, contentType, key);
}
