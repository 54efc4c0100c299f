import type { Dialect } from '../dialect-types.ts';

/** What the task says of a row: a number, or several; of a classifier its class. */
interface Said {
  readonly predictions: readonly [{ readonly prediction?: unknown; readonly label?: unknown }];
}

/**
 * One row of values, and one prediction.
 *
 * @example { "input_X": [0.95, 0, 8.14] } → { "message": "Successful prediction", "prediction": 14.7 }
 */
export const message: Dialect = {
  example: '{"input_X": [value, …]}',
  toRequest: (sent) => sent,
  toAnswer: (said) => {
    const { prediction, label } = (said as Said).predictions[0];
    return { message: 'Successful prediction', prediction: prediction ?? label };
  },
};
