import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { upTo } from '../../batches/batch.ts';
import { answerOnce } from '../../records/once.ts';
import { hasRecordsOf } from '../../records/records.ts';
import { logger } from '../../telemetry.ts';
import type { Trigger } from '../trigger.ts';
import { nameOf, requestIn } from './item.ts';

/** Items that were written to a table: what is in their attribute `request`. */
export const dynamodb: Trigger = {
  takes: hasRecordsOf('aws:dynamodb'),
  handle: (event, context) =>
    upTo('DynamoDBStreams', event as DynamoDBStreamEvent, async (record) => {
      const { id, name, request } = readRecord(record);
      if (request) await answerOnce(() => requestIn(request), { id, name, trigger: 'dynamodb' }, context);
      else logger.info('skipped', { record: id });
    }),
};

/** Without a request where the item was removed, or has none. */
function readRecord({ eventID: id = '', dynamodb: change }: DynamoDBRecord) {
  return { id, name: nameOf(change?.Keys), request: change?.NewImage?.['request'] };
}
