import { createHash, randomUUID } from 'node:crypto';
import { refuse, type AwsService, type Written } from './service.ts';

type Fields = Readonly<Record<string, unknown>>;

/** An operation of a service that is told by `X-Amz-Target`. */
interface Operation {
  /** What it writes, where it writes. */
  readonly written?: (input: Fields) => readonly Written[];
  readonly reply: (input: Fields) => object;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const md5 = (value: unknown): string => createHash('md5').update(text(value)).digest('hex');
const lastOf = (value: unknown): string => text(value).split('/').at(-1) ?? '';
const entriesOf = ({ Entries }: Fields): readonly Fields[] => (Array.isArray(Entries) ? (Entries as Fields[]) : []);

function message(queue: unknown, { MessageBody, MessageDeduplicationId, Id }: Fields): Written {
  const key = text(MessageDeduplicationId) || text(Id) || md5(MessageBody);
  return { to: 'sqs', name: lastOf(queue), key, content: text(MessageBody) };
}

/** A DynamoDB item as JSON has it. */
function plain(value: unknown): unknown {
  const [[type, inner] = ['NULL', true]] = Object.entries((value ?? {}) as Fields);
  if (type === 'N') return Number(inner);
  if (type === 'NULL') return null;
  if (type === 'L') return (inner as unknown[]).map(plain);
  return type === 'M' ? plainFields(inner as Fields) : inner;
}
const plainFields = (item: Fields): Fields =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));

function item(table: unknown, given: unknown): Written {
  const fields = plainFields((given ?? {}) as Fields);
  return { to: 'dynamodb', name: text(table), key: String(Object.values(fields)[0]), content: JSON.stringify(fields) };
}

/** By the service's name and the operation's. Queues, tables and buses are all there, and empty whenever somebody reads. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'AmazonSQS.SendMessage': {
    written: (input) => [message(input['QueueUrl'], input)],
    reply: ({ MessageBody }) => ({ MessageId: randomUUID(), MD5OfMessageBody: md5(MessageBody) }),
  },
  'AmazonSQS.SendMessageBatch': {
    written: (input) => entriesOf(input).map((entry) => message(input['QueueUrl'], entry)),
    reply: (input) => ({
      Failed: [],
      Successful: entriesOf(input).map(({ Id, MessageBody }) => ({ Id, MessageId: randomUUID(), MD5OfMessageBody: md5(MessageBody) })),
    }),
  },
  'DynamoDB_20120810.PutItem': {
    written: ({ TableName, Item }) => [item(TableName, Item)],
    reply: () => ({}),
  },
  'DynamoDB_20120810.GetItem': { reply: () => ({}) },
  'DynamoDB_20120810.UpdateItem': { reply: () => ({}) },
  'DynamoDB_20120810.DeleteItem': { reply: () => ({}) },
  'AWSEvents.PutEvents': {
    written: (input) =>
      entriesOf(input).map(({ EventBusName, DetailType, Detail }) => ({
        to: 'eventbridge',
        name: lastOf(EventBusName) || 'default',
        key: text(DetailType),
        content: text(Detail),
      })),
    reply: (input) => ({ FailedEntryCount: 0, Entries: entriesOf(input).map(() => ({ EventId: randomUUID() })) }),
  },
}; // prettier-ignore

const targetOf = (headers: Readonly<Record<string, unknown>>): string => text(headers['x-amz-target']);

/** SQS, DynamoDB and EventBridge: what functions of ours call of them. */
export const jsonServices: AwsService = {
  takes: ({ headers }) => targetOf(headers) !== '',
  answer({ headers, body }, { wrote }) {
    const target = targetOf(headers);
    const operation = Object.hasOwn(OPERATIONS, target) ? OPERATIONS[target] : undefined;
    if (!operation) return refuse(501, 'NotImplemented', `${target} is not there on this machine`);
    const input = JSON.parse(body.toString('utf8')) as Fields;
    operation.written?.(input).forEach(wrote);
    const type = text(headers['content-type']);
    return { headers: { 'content-type': type }, body: JSON.stringify(operation.reply(input)) };
  },
};
