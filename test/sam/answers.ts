import type { Prediction } from '../../generator/expected.ts';

export interface Answer {
  readonly predictions: readonly Prediction[];
  readonly model: { readonly name: string; readonly version: string };
}

/** Largest difference of a probability between two ways to run the same function on the same machine. */
export const SAME = 1e-5;

/** The largest difference of a probability; infinite where classes, their order or the model differ. */
export function distance(one: Answer, other: Answer): number {
  if (JSON.stringify(one.model) !== JSON.stringify(other.model)) return Infinity;
  if (one.predictions.length !== other.predictions.length) return Infinity;
  return Math.max(
    ...one.predictions.map((prediction, i) => {
      const twin = other.predictions[i];
      return twin?.className === prediction.className ? Math.abs(twin.probability - prediction.probability) : Infinity;
    }),
  );
}
