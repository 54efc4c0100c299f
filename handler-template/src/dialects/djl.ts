import type { Dialect } from '../dialect-types.ts';
import { rename } from './rename.ts';
import type { Prediction } from '../scores.ts';

/**
 * Deep Java Library's: a picture or where it is, and a list of classes.
 *
 * @example { "inputImageUrl": "https://…" } → [{ "className": "tabby", "probability": 0.48 }, …]
 */
export const djl: Dialect = {
  example: '{"image": "<base64>"}',
  toRequest: (sent) => rename(sent, { inputImageUrl: 'url' }),
  toAnswer: (said) => (said as { readonly predictions: readonly Prediction[] }).predictions,
};
