import type { Context, S3Event, S3EventRecord } from 'aws-lambda';
import { isOwnOutput } from '../../deliver.ts';
import { ServiceError } from '../../errors.ts';
import type { Incoming } from '../../hooks.ts';
import { objectReader } from '../../inputs/s3/object.ts';
import { LARGEST_PICTURE } from '../../limits.ts';
import { answerOnce } from '../../records/once.ts';
import { fromFile } from '../../records/content.ts';
import { each, hasRecordsOf } from '../../records/records.ts';
import { logger } from '../../telemetry.ts';
import { deadlineWithin } from '../../time-left.ts';
import { isFields, type Trigger } from '../trigger.ts';
import { checkSize, keyOf, versionOf, type EventObject } from './object.ts';

/** Milliseconds that an object is waited for at most. */
const LONGEST = 60_000;

const read = objectReader(process.env);

/** Objects that were written to a bucket: a picture, or the JSON of a request. */
export const s3: Trigger = {
  takes: (event) => isTestEvent(event) || hasRecordsOf('aws:s3')(event),
  async handle(event, context) {
    if (isTestEvent(event)) return;
    await each((event as S3Event).Records, (record) => answerObject(record, context));
  },
};

/** What S3 sends when notifications are set up: nothing was written. */
const isTestEvent = (event: unknown): boolean => isFields(event) && event['Event'] === 's3:TestEvent';

async function answerObject({ s3: { bucket, object } }: S3EventRecord, context: Context): Promise<void> {
  const name = keyOf(object) ?? object.key;
  const origin = { id: `${bucket.name}/${object.key}/${versionOf(object)}`, name, trigger: 's3' };
  if (isNoRequest(bucket.name, name)) logger.info('skipped', { record: origin.id });
  else await answerOnce(() => contentOf(bucket.name, object), origin, context);
}

/** Answers, which would be answered without end, and what consoles write for an empty folder. */
const isNoRequest = (bucket: string, key: string): boolean => isOwnOutput({ bucket, key }) || key.endsWith('/');

async function contentOf(bucket: string, object: EventObject): Promise<Incoming> {
  const key = keyOf(object);
  if (key === undefined) throw new ServiceError('INVALID_REQUEST', `The event's key ${object.key} is not URL-encoded.`);
  checkSize(object, LARGEST_PICTURE);
  const deadline = deadlineWithin(LONGEST);
  const { bytes, contentType } = await read({ bucket, key, version: object.versionId }, LARGEST_PICTURE, deadline);
  return fromFile(bytes, contentType, key);
}
