import type * as Sqs from '@aws-sdk/client-sqs';
import { createHash } from 'node:crypto';
import { fromLayer } from '../../layer.ts';
import { CLIENT, partsOf, sent } from '../common/aws.ts';
import { checkSize, messageOf } from '../common/message.ts';
import type { Origin, Output } from '../output.ts';

/** Bytes of a message. */
const LARGEST_MESSAGE = 1_048_576;

/** Characters that XML has no place for: SQS takes none of them, and JSON has another way to say them. */
const REFUSED = /[\ufffe\uffff]/g;

/** A message per answer. In a FIFO queue, answers of one group stay in order, and one request has one message within five minutes. */
export function toSqs({ OUTPUT_QUEUE: arn = '' }: NodeJS.ProcessEnv): Output {
  const { SendMessageCommand, SQSClient } = fromLayer('@aws-sdk/client-sqs') as typeof Sqs;
  const { partition, region, account, name } = partsOf(arn);
  // The queue's URL is a name; where to call is what region or AWS_ENDPOINT_URL say.
  const client = new SQSClient({ ...CLIENT, useQueueUrlAsEndpoint: false, ...(region && { region }) });
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const QueueUrl = `https://sqs.${region}.${suffix}/${account}/${name}`;
  const isFifo = name.endsWith('.fifo');
  return {
    prepare(result) {
      const MessageBody = messageOf(result, 'sqs', LARGEST_MESSAGE).replace(REFUSED, escaped);
      checkSize('sqs', Buffer.byteLength(MessageBody), LARGEST_MESSAGE);
      const command = new SendMessageCommand({ QueueUrl, MessageBody, ...(isFifo && orderOf(result.origin)) });
      return async () => {
        await sent('sqs', (options) => client.send(command, options));
      };
    },
  };
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16)}`;

/** Ids of SQS have 128 characters of a few kinds: a hash has what any name needs. */
function orderOf({ id, name, group = name }: Origin): { MessageGroupId: string; MessageDeduplicationId: string } {
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  return { MessageGroupId: hash(group), MessageDeduplicationId: hash(id) };
}

export const sqsOutput = toSqs(process.env);
