import { unordered } from '../../batches/batch.ts';
import { queueTrigger } from '../../batches/queue.ts';

export const sqs = queueTrigger({ kind: 'sqs', isFifo: false, run: unordered });
