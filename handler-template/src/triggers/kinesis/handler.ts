import type { KinesisStreamEvent } from 'aws-lambda';
import { upTo } from '../../batches/batch.ts';
import { answerOnce } from '../../records/once.ts';
import { fromBytes } from '../../records/content.ts';
import { hasRecordsOf } from '../../records/records.ts';
import type { Trigger } from '../trigger.ts';

/** Records of a data stream: the JSON of a request, or a picture. */
export const kinesis: Trigger = {
  takes: hasRecordsOf('aws:kinesis'),
  handle: (event, context) =>
    upTo('KinesisDataStreams', event as KinesisStreamEvent, ({ eventID: id, kinesis: { data, partitionKey: group } }) =>
      answerOnce(
        () => fromBytes(Buffer.from(data, 'base64')),
        { id, name: id.replace(':', '-'), trigger: 'kinesis', group },
        context,
      ),
    ),
};
