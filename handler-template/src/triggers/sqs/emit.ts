import { queueModule } from '../../../../generator/triggers/sqs.ts';

export const sqs = queueModule({
  kind: 'sqs',
  title: "messages of an SQS queue, the stack's own or one that is there",
  id: 'RequestQueue',
  name: 'sqs',
  names: '[\\w-]{1,80}',
  example: 'QUEUE',
  properties: () => ({}),
  attributes: {},
});
