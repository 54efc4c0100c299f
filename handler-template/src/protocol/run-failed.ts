import { ServiceError } from '../errors.ts';

/**
 * Shapes and types fit when the model runs; what is left is what its nodes find in the values, or between sizes that no dim names.
 *
 * @param why what is known of it
 */
export function runFailed(cause: unknown, why = 'their values or sizes do not fit together'): unknown {
  if (!(cause instanceof Error) || /alloc|memory/i.test(cause.message)) return cause;
  return new ServiceError('INPUT_MISMATCH', `The model can not run on these inputs: ${why}.`, { cause });
}
