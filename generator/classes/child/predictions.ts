import type { Prediction } from '../../expected.ts';
import type { ImageClassification } from '../../tasks/image-classification/settings.ts';

/**
 * All classes by what a model says of them, best first.
 *
 * @param labels one a class, in the order of the scores
 */
export function predictionsOf(
  scores: readonly number[],
  kind: ImageClassification['scores'],
  labels: readonly string[],
): Prediction[] {
  const shares =
    kind === 'logits'
      ? softmax(scores)
      : kind === 'multi-label-logits'
        ? scores.map((x) => 1 / (1 + Math.exp(-x)))
        : scores;
  return shares
    .map((probability, i) => ({ className: labels[i] ?? `class_${i}`, probability }))
    .sort((a, b) => b.probability - a.probability);
}

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
