import { ServiceError } from './errors.ts';

export interface Prediction {
  readonly className: string;
  readonly probability: number;
}

/** What the numbers are: softmax belongs to classes of which one holds, sigmoid to classes that each hold or not (multi-label). */
export type Scores = 'logits' | 'probabilities' | 'multi-label-logits' | 'multi-label-probabilities';

/** Float arithmetic may leave a probability this far outside 0…1. */
const SLACK = 1e-3;

/**
 * The best classes, best first; equal ones in the order of the labels.
 *
 * @param scores one number a class
 * @throws ServiceError RESULT_NOT_FINITE: JSON knows neither NaN nor infinity
 */
export function best(scores: ArrayLike<number>, kind: Scores, labels: readonly string[], top: number): Prediction[] {
  const values = Array.from(scores);
  if (!values.every(Number.isFinite)) {
    throw new ServiceError('RESULT_NOT_FINITE', 'The model answered with a number that is not finite.');
  }
  return TO_PROBABILITIES[kind](values)
    .map((probability, i) => ({ className: labels[i] ?? String(i), probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}

/** exp(x) / Σ exp(x), shifted by the largest so that nothing overflows. */
export function softmax(logits: readonly number[]): number[] {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** 1 / (1 + exp(−x)): far below zero the power is infinite, and the quotient 0. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

const TO_PROBABILITIES: Record<Scores, (values: readonly number[]) => readonly number[]> = {
  logits: softmax,
  probabilities: (values) => values.map(intoRange),
  'multi-label-logits': (values) => values.map(sigmoid),
  'multi-label-probabilities': (values) => values.map(intoRange),
};

function intoRange(value: number): number {
  if (value < 0 && value > -SLACK) return 0;
  if (value > 1 && value < 1 + SLACK) return 1;
  return value;
}
