import { createHash } from 'node:crypto';
import { fromLayer } from '../layer.ts';
import { timeLeft } from '../time-left.ts';

/** What is used of the SDK's client: the package itself is there only in projects that have a table. */
interface DynamoDB {
  readonly DynamoDBClient: new (options: object) => { send(command: object): Promise<unknown> };
  readonly PutItemCommand: new (input: object) => object;
  readonly DeleteItemCommand: new (input: object) => object;
}

/** Who was answered, and who is being answered. Of a record it has a hash of the id and nothing else. */
export interface Ledger {
  /** Takes on a record. @throws Error IN_PROGRESS where another has, and may still be at it */
  readonly begin: (key: string) => Promise<'begun' | 'done'>;
  readonly finish: (key: string) => Promise<void>;
  readonly forget: (key: string) => Promise<void>;
}

/** Seconds after which nobody delivers a record again: streams keep a day, SQS and Lambda have given up by then. */
const KEPT = 86_400;
/** ms after which whoever took a record on is gone, where nothing says how long an invocation lasts: Lambda's longest. */
const LONGEST = 900_000;

/** A table with the key `id`, whose `expires` is a time to live. */
export function ledgerIn(table: string): Ledger {
  const { DeleteItemCommand, DynamoDBClient, PutItemCommand } = fromLayer('@aws-sdk/client-dynamodb') as DynamoDB;
  const client = new DynamoDBClient({ maxAttempts: 3 });
  const put = (key: string, state: 'begun' | 'done', until: number, condition: object = {}) =>
    client.send(
      new PutItemCommand({
        TableName: table,
        Item: { ...idOf(key), state: { S: state }, until: { N: String(until) }, expires: { N: seconds(KEPT) } },
        ...condition,
      }),
    );
  return {
    async begin(key) {
      try {
        await put(key, 'begun', Date.now() + Math.min(LONGEST, timeLeft()), unlessTaken());
        return 'begun';
      } catch (error) {
        const { name, Item } = error as { name: string; Item?: { state?: { S?: string } } };
        if (name !== 'ConditionalCheckFailedException') throw error;
        if (Item?.state?.S === 'done') return 'done';
        throw Object.assign(new Error('Another invocation is at this record.'), { name: 'IN_PROGRESS' });
      }
    },
    async finish(key) {
      await put(key, 'done', 0);
    },
    async forget(key) {
      await client.send(new DeleteItemCommand({ TableName: table, Key: idOf(key) }));
    },
  };
}

/** Nobody has it, or who had it did not end in time, or it is so old that DynamoDB is about to take it away. */
const unlessTaken = (): object => ({
  ConditionExpression: 'attribute_not_exists(id) OR #expires < :seconds OR (#state = :begun AND #until < :now)',
  ExpressionAttributeNames: { '#expires': 'expires', '#state': 'state', '#until': 'until' },
  ExpressionAttributeValues: {
    ':seconds': { N: seconds(0) },
    ':begun': { S: 'begun' },
    ':now': { N: String(Date.now()) },
  },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
});

const idOf = (key: string): { id: { S: string } } => ({ id: { S: createHash('sha256').update(key).digest('hex') } });

/** So many seconds from now, as a time to live. */
const seconds = (from: number): string => String(Math.floor(Date.now() / 1000) + from);

const { IDEMPOTENCY_TABLE } = process.env;

/** The project's; undefined where it needs none. */
export const ledger = IDEMPOTENCY_TABLE ? ledgerIn(IDEMPOTENCY_TABLE) : undefined;
