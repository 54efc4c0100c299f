import { ordered } from '../../batches/batch.ts';
import { queueTrigger } from '../../batches/queue.ts';

export const sqsFifo = queueTrigger({ kind: 'sqs-fifo', isFifo: true, run: ordered });
