import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Incoming } from '../hooks.ts';
import { answerOnce } from '../records/once.ts';
import { fromText } from '../records/content.ts';
import { hasRecordsOf } from '../records/records.ts';
import { isFields, type Trigger } from '../triggers/trigger.ts';

interface QueueKind {
  /** As in onnx-lambda.yaml. */
  readonly kind: string;
  readonly isFifo: boolean;
  readonly run: (event: SQSEvent, work: (record: SQSRecord) => Promise<unknown>) => Promise<SQSBatchResponse>;
}

const isOfQueue = hasRecordsOf('aws:sqs');

/** Messages of a queue, whose text is the JSON of a request. */
export const queueTrigger = ({ kind, isFifo, run }: QueueKind): Trigger => ({
  takes: (event) =>
    isOfQueue(event) && ((event as SQSEvent).Records[0]?.eventSourceARN.endsWith('.fifo') ?? false) === isFifo,
  handle: (event, context) =>
    run(event as SQSEvent, ({ body, messageId: id, attributes: { MessageGroupId: group } }) =>
      answerOnce(
        () => requestOf(body),
        { id, name: id, trigger: kind, ...(group !== undefined && { group }) },
        context,
      ),
    ),
});

/** The message's own text, or that of the notification that a topic put into it. */
function requestOf(text: string): Incoming {
  const incoming = fromText(text);
  const value = incoming.kind === 'json' ? incoming.value : undefined;
  const isNotification = isFields(value) && value['Type'] === 'Notification' && 'TopicArn' in value;
  return isNotification ? fromText(String(value['Message'])) : incoming;
}
