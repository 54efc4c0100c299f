import { MOST_HOPS } from './hops.ts';
import { outputs as all } from './outputs.ts';
import type { Output, Place, Result } from './outputs/output.ts';
import { countFailure, logger, timed } from './telemetry.ts';

/**
 * Hands an answer to outputs, in their order: those that can be repeated without harm come first (src/outputs.ts), so a failure there has
 * nothing sent twice when the request is tried again.
 *
 * @throws ServiceError what the first output that fails does
 */
export function delivery(outputs: readonly Output[]): (result: Result) => Promise<void> {
  return async (result) => {
    if (outputs.length === 0) return;
    const { id, trigger, hops = 0 } = result.origin;
    if (hops >= MOST_HOPS) {
      logger.warn('not delivered: this goes round in circles', { id, trigger, hops });
      return;
    }
    try {
      const ready = outputs.map((output) => output.prepare(result));
      await timed('OutputTime', async () => {
        for (const send of ready) await send();
      });
    } catch (error) {
      countFailure(error);
      throw error;
    }
  };
}

/** Hands an answer to every output of the project. */
export const deliver = delivery(all);

/** Whether an object was written by an output of this very project: a trigger that is told of it has nothing to do. */
export const isOwnOutput = (place: Place): boolean => all.some(({ holds }) => holds?.(place) ?? false);
