import { logger } from '../telemetry.ts';
import { timeLeft } from '../time-left.ts';

/** Of the longest so far. */
const MARGIN = 1.5;

/**
 * Fails work that there is no time for: a timeout would fail the whole batch, and have all of it be done again.
 *
 * @throws Error
 */
export function timed<Item>(work: (item: Item) => Promise<unknown>): (item: Item) => Promise<void> {
  let longest = 0;
  return async (item) => {
    if (timeLeft() < longest * MARGIN) {
      logger.warn('no time is left for a record');
      throw new Error('No time is left.');
    }
    const start = performance.now();
    try {
      await work(item);
    } finally {
      longest = Math.max(longest, performance.now() - start);
    }
  };
}
