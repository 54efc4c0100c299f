import type { Context } from 'aws-lambda';
import { direct } from '../../direct.ts';
import { ServiceError } from '../../errors.ts';
import type { Origin } from '../../outputs/output.ts';
import { answerRecord } from '../../records/answer-record.ts';
import { timeLeft } from '../../time-left.ts';
import { isFields, type Trigger } from '../trigger.ts';
import type { BatchEvent, ItemResult } from './event.ts';
import { keyOf, requestOf } from './request.ts';
import { Results, resultFailed } from './results.ts';

type Input = BatchEvent['BatchInput'];
type Entry = BatchEvent['Items'][number];

/** An item is begun where there is time for one that takes this much longer than any before it. */
const MARGIN = 1.5;

/** What the state machine knows by name: its retries depend on it. */
class BatchError extends Error {
  constructor(name: 'BatchUnfinished' | 'BatchHasFailures', message: string) {
    super(message);
    this.name = name;
    this.stack = `${name}: ${message}`;
  }
}

/** Items of a Distributed Map, several at once; what comes back is a result for each, in their order. */
export const batch: Trigger = {
  takes: (event) => isFields(event) && isFields(event['BatchInput']) && Array.isArray(event['Items']),
  async handle(event, context) {
    const { BatchInput: input, Items: items, Attempt = 0, Retries = 0 } = event as BatchEvent;
    const results = new Results(items.length);
    const failures: unknown[] = [];
    let longest = 0;
    // In turn, since pictures take memory.
    for (const entry of items) {
      const start = performance.now();
      const work = timeLeft() > longest * MARGIN ? resultOf(entry, input, context) : Promise.reject(outOfTime());
      results.add(
        await work.catch((error: unknown) => {
          failures.push(error);
          return resultFailed(originOf(entry, input).name, error);
        }),
      );
      longest = Math.max(longest, performance.now() - start);
    }
    const failed = `${failures.length} of ${items.length} items failed`;
    if (Attempt < Retries && failures.some(mayPass)) throw new BatchError('BatchUnfinished', failed);
    if (input.strict && failures.length > 0) throw new BatchError('BatchHasFailures', failed);
    return results.all;
  },
};

async function resultOf(entry: Entry, input: Input, context: Context): Promise<ItemResult> {
  const origin = originOf(entry, input);
  if (isFolder(entry, input)) return { item: origin.name, ok: true, skipped: true };
  const answer = await answerRecord(() => requestOf(entry.Item, input.format), origin, context);
  return { item: origin.name, ok: true, answer: direct(answer) };
}

/** An object by its key, what stands in a manifest by its place in there: the same in every run, so that outputs have it once. */
function originOf({ Index, Item }: Entry, { format, manifest }: Input): Origin {
  const name = keyOf(Item, format) ?? `${manifest}/${Index}`;
  return { id: name, name, trigger: 'batch' };
}

const isFolder = ({ Item }: Entry, { format }: Input): boolean =>
  format === 'objects' && Item['Size'] === 0 && String(Item['Key']).endsWith('/');

const outOfTime = (): ServiceError =>
  new ServiceError('OUT_OF_TIME', 'The batch took too long: fewer items a batch, or a longer timeout.');

/** Whether trying again may help: it is not the item's fault, nor its batch's. */
const mayPass = (error: unknown): boolean =>
  !(error instanceof ServiceError) || (error.status >= 500 && error.code !== 'OUT_OF_TIME');
