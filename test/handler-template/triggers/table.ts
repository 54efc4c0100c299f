import type { AwsRequest, AwsResponse } from '../aws-recorder.ts';

type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

interface Call {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, { readonly N?: string }>>;
}

const JSON_1 = { 'content-type': 'application/x-amz-json-1.0' };

/** A table that keeps who was answered, as DynamoDB does: what its condition means is said here once more, by hand. */
export class Table {
  readonly items = new Map<string, Item>();

  /** Undefined for what is no call of DynamoDB. */
  answer({ headers, body }: AwsRequest): AwsResponse | undefined {
    const [service, action] = String(headers['x-amz-target'] ?? '').split('.');
    if (!service?.startsWith('DynamoDB')) return undefined;
    const call = JSON.parse(body.toString()) as Call;
    if (action === 'DeleteItem') this.items.delete(call.Key?.['id']?.S ?? '');
    return action === 'PutItem' ? this.#put(call) : { headers: JSON_1, body: '{}' };
  }

  #put({ Item: item = {}, ConditionExpression, ExpressionAttributeValues: values = {} }: Call): AwsResponse {
    const id = item['id']?.S ?? '';
    const there = this.items.get(id);
    const number = (of: { readonly N?: string } | undefined): number => Number(of?.N);
    const isFree =
      there === undefined ||
      number(there['expires']) < number(values[':seconds']) ||
      (there['state']?.S === 'begun' && number(there['until']) < number(values[':now']));
    if (ConditionExpression !== undefined && !isFree) {
      const type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
      return { status: 400, headers: JSON_1, body: JSON.stringify({ __type: type, message: 'no', Item: there }) };
    }
    this.items.set(id, item);
    return { headers: JSON_1, body: '{}' };
  }
}
