import { sub } from '../../../../generator/template/cloudformation.ts';
import { queueModule } from '../../../../generator/triggers/sqs.ts';

export const sqsFifo = queueModule({
  kind: 'sqs-fifo',
  title: "messages of an SQS FIFO queue, in their order, the stack's own or one that is there",
  id: 'RequestFifoQueue',
  name: 'sqsFifo',
  names: '[\\w-]{1,75}\\.fifo',
  example: 'QUEUE.fifo',
  properties: (suffix) => ({ FifoQueue: true, QueueName: sub(`\${AWS::StackName}-requests${suffix}.fifo`) }),
  own: {
    ContentBasedDeduplication: true,
    // As many messages a second as there is room for, groups side by side.
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
  },
  attributes: { SequenceNumber: '18849496460467696128', MessageGroupId: '1', MessageDeduplicationId: '1' },
});
