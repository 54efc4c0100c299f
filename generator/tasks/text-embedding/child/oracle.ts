import { answerTexts, type Said, type TextsRequest } from '../../../text/child/answer-texts.ts';
import type { Pooling, TextEmbedding } from '../settings.ts';

answerTexts<TextsRequest<TextEmbedding>>((said, { task }) => {
  const vector = pooled(said, task);
  const length = task.normalize ? Math.hypot(...vector) || 1 : 1;
  return { embedding: vector.map((x) => Number((x / length).toPrecision(8))) };
});

/** How much each of `n` tokens counts. */
const SHARES: { readonly [Kind in Exclude<Pooling, 'none' | 'max'>]: (i: number, n: number) => number } = {
  mean: (_, n) => 1 / n,
  cls: (i) => Number(i === 0),
  last: (i, n) => Number(i === n - 1),
  'weighted-mean': (i, n) => (2 * (i + 1)) / (n * (n + 1)),
  'sqrt-mean': (_, n) => 1 / Math.sqrt(n),
};

function pooled({ numbers, tokens }: Said, { pooling, dimensions }: TextEmbedding): number[] {
  const rows = Array.from({ length: tokens }, (_, i) => numbers.slice(i * dimensions, (i + 1) * dimensions));
  if (pooling === 'none') return numbers.slice(0, dimensions);
  return Array.from({ length: dimensions }, (_, j) => {
    const column = rows.map((row) => row[j] ?? 0);
    if (pooling === 'max') return Math.max(...column);
    return column.reduce((sum, x, i) => sum + x * SHARES[pooling](i, tokens), 0);
  });
}
