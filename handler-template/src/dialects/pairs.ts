import type { Dialect } from '../dialect-types.ts';
import { rename } from './rename.ts';
import type { Prediction } from '../scores.ts';

/**
 * A picture or where it is, and pairs of a label and 0…100 percent.
 *
 * @example { "input_url": "https://…", "n_predictions": 5 } → [["Samoyed", 83.03], …]
 */
export const pairs: Dialect = {
  example: '{"image": "<base64>", "n_predictions": 5}',
  toRequest: (sent) => rename(sent, { input_url: 'url', n_predictions: 'top' }),
  toAnswer: (said) =>
    (said as { readonly predictions: readonly Prediction[] }).predictions.map(({ className, probability }) => [
      className,
      probability * 100,
    ]),
};
