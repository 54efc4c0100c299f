import type * as DynamoDb from '@aws-sdk/client-dynamodb';
import { jsonOf } from '../../direct.ts';
import { stringify } from '../../exact.ts';
import { fromLayer } from '../../layer.ts';
import { CLIENT, sent } from '../common/aws.ts';
import { checkSize } from '../common/message.ts';
import type { Output } from '../output.ts';

/** Bytes of an item, with the names of its attributes. */
const LARGEST_ITEM = 409_600;

/**
 * An item per answer with the request's id as its key: the same request writes the same item again. The answer is JSON text, since a number of
 * DynamoDB has 38 digits and no answer shall be rounded.
 */
export function toDynamodb({ OUTPUT_TABLE: TableName }: NodeJS.ProcessEnv): Output {
  const { DynamoDBClient, PutItemCommand } = fromLayer('@aws-sdk/client-dynamodb') as typeof DynamoDb;
  const client = new DynamoDBClient(CLIENT);
  return {
    prepare({ origin: { id, name, trigger }, answer }) {
      if (answer.kind === 'bytes') checkSize('dynamodb', answer.bytes.length, LARGEST_ITEM);
      const fields = { id, name, trigger, answer: stringify(jsonOf(answer)), at: new Date().toISOString() };
      checkSize('dynamodb', Buffer.byteLength(Object.entries(fields).flat().join('')), LARGEST_ITEM);
      const Item = Object.fromEntries(Object.entries(fields).map(([key, S]) => [key, { S }]));
      return async () => {
        await sent('dynamodb', (options) => client.send(new PutItemCommand({ TableName, Item }), options));
      };
    },
  };
}

export const dynamodbOutput = toDynamodb(process.env);
