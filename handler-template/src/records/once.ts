import type { Context } from 'aws-lambda';
import type { Incoming } from '../hooks.ts';
import type { Origin } from '../outputs/output.ts';
import { logger } from '../telemetry.ts';
import { answerRecord } from './answer-record.ts';
import { ledger, type Ledger } from './ledger.ts';

/**
 * A record of a source that may deliver it twice. Where an output would have its answer twice then, a table has who was answered.
 *
 * @throws whatever its trigger then reports
 */
export function answerOnce(
  read: () => Incoming | Promise<Incoming>,
  origin: Origin,
  context: Context,
  known: Ledger | undefined = ledger,
): Promise<unknown> {
  const work = (): Promise<unknown> => answerRecord(read, origin, context);
  return known ? once(known, origin, work) : work();
}

async function once(known: Ledger, { id, trigger }: Origin, work: () => Promise<unknown>): Promise<void> {
  const key = `${trigger}/${id}`;
  const about = { trigger, record: id };
  const state = await known.begin(key).catch((error: unknown) => {
    logger.warn('a record failed', { ...about, error: error as Error });
    throw error;
  });
  if (state === 'done') {
    logger.info('answered before', about);
    return;
  }
  try {
    await work();
  } catch (error) {
    // Whoever delivers it again finds nothing in the way; that this fails as well is less than why the work did.
    await known.forget(key).catch((cause: unknown) => {
      logger.warn('a record is still in the table', { ...about, error: cause as Error });
    });
    throw error;
  }
  await known.finish(key);
}
