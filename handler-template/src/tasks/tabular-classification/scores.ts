import { sigmoid, softmax } from '../../scores.ts';

/** What the model's numbers are: `probability` and `logit` are one number, of the second of two classes; `raw` is neither. */
export type ScoresKind = 'probabilities' | 'logits' | 'probability' | 'logit' | 'raw';

const OF_KIND: { readonly [Kind in ScoresKind]: (values: readonly number[]) => readonly number[] } = {
  probabilities: (values) => values,
  logits: softmax,
  probability: ([second = NaN]) => [1 - second, second],
  logit: ([second = NaN]) => [1 - sigmoid(second), sigmoid(second)],
  raw: (values) => values,
};

/** A number for each class. */
export function scoresFrom(values: readonly number[], kind: ScoresKind): readonly number[] {
  return OF_KIND[kind](values);
}

/** Place of the largest; the first of equal ones. */
export function bestOf(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > (values[best] ?? -Infinity) ? i : best), 0);
}
