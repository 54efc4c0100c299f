import { ServiceError } from './errors.ts';
import type { Prediction } from './model.ts';

/** Float arithmetic may leave a probability this far outside 0…1. */
const SLACK = 1e-3;

/**
 * The best classes, best first; equal ones in the order of the labels.
 *
 * @param scores one number a class: logits, which go through softmax, or probabilities
 * @throws ServiceError RESULT_NOT_FINITE: JSON knows neither NaN nor infinity
 */
export function best(
  scores: ArrayLike<number>,
  kind: 'logits' | 'probabilities',
  labels: readonly string[],
  top: number,
): Prediction[] {
  const values = Array.from(scores);
  if (!values.every(Number.isFinite)) {
    throw new ServiceError('RESULT_NOT_FINITE', 'The model answered with a number that is not finite.');
  }
  const probabilities = kind === 'logits' ? softmax(values) : values.map(intoRange);
  return probabilities
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

function intoRange(value: number): number {
  if (value < 0 && value > -SLACK) return 0;
  if (value > 1 && value < 1 + SLACK) return 1;
  return value;
}
