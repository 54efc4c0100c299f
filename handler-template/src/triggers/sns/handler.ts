import type { SNSEvent } from 'aws-lambda';
import { answerOnce } from '../../records/once.ts';
import { fromText } from '../../records/content.ts';
import { each, hasRecordsOf } from '../../records/records.ts';
import type { Trigger } from '../trigger.ts';

/** Messages of a topic, whose text is the JSON of a request. */
export const sns: Trigger = {
  takes: hasRecordsOf('aws:sns', 'EventSource'),
  handle: (event, context) =>
    each((event as SNSEvent).Records, ({ Sns: { Message, MessageId: id } }) =>
      answerOnce(() => fromText(Message), { id, name: id, trigger: 'sns' }, context),
    ),
};
