import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { DynamoDBStreamEvent, KinesisStreamEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { timed } from './time.ts';

type Event = SQSEvent | KinesisStreamEvent | DynamoDBStreamEvent;
type RecordOf<Batch extends Event> = Batch['Records'][number];
type Work<Batch extends Event> = (record: RecordOf<Batch>) => Promise<unknown>;

/** One after another: from a record that failed on, all have. */
class InOrder extends BatchProcessor {
  override async processRecord(
    record: Parameters<BatchProcessor['processRecord']>[0],
  ): ReturnType<BatchProcessor['processRecord']> {
    const earlier = this.errors[0];
    return earlier ? this.failureHandler(record, earlier) : super.processRecord(record);
  }
}

/** Of a queue whose messages have no order: each counts for itself. Answers which failed. */
export const unordered = (event: SQSEvent, work: Work<SQSEvent>): Promise<SQSBatchResponse> =>
  run(new BatchProcessor(EventType.SQS), event, work);

/** Of a queue that keeps an order: a message is not overtaken by a later one. Answers the first that failed and all after it. */
export const ordered = (event: SQSEvent, work: Work<SQSEvent>): Promise<SQSBatchResponse> =>
  run(new InOrder(EventType.SQS), event, work);

/** Of a stream, which goes on where it is told: answers the first record that failed. */
export async function upTo<Batch extends KinesisStreamEvent | DynamoDBStreamEvent>(
  type: 'KinesisDataStreams' | 'DynamoDBStreams',
  event: Batch,
  work: Work<Batch>,
): Promise<SQSBatchResponse> {
  const { batchItemFailures } = await run(new InOrder(EventType[type]), event, work);
  return { batchItemFailures: batchItemFailures.slice(0, 1) };
}

function run<Batch extends Event>(
  processor: BatchProcessor,
  event: Batch,
  work: Work<Batch>,
): Promise<SQSBatchResponse> {
  const inTime = timed(work);
  return processPartialResponse(event, (record: RecordOf<Batch>) => inTime(record), processor, {
    // In turn, since pictures take memory.
    processInParallel: false,
    // A batch of which all failed is reported as well: a throw would count as an error of the function.
    throwOnFullBatchFailure: false,
  });
}
