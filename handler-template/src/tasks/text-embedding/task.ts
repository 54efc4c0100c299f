import { ServiceError } from '../../errors.ts';
import type { Model } from '../../spec.ts';
import type { Task } from '../../task-types.ts';
import type { MakeReader } from '../../text/reader.ts';
import { checkDims, textTask, type TextWish } from '../../text/text-task.ts';
import type { TextRequest } from '../../text/texts.ts';
import { normalised, pool, type Pooling } from './pooling.ts';

export interface Settings<Input> {
  readonly kind: 'text-embedding';
  readonly input: Input;
  readonly output: string;
  /** `none`: the model gives one vector a text itself. */
  readonly pooling: Pooling;
  /** Whether vectors get length 1. */
  readonly normalize: boolean;
  /** Numbers in a vector. */
  readonly dimensions: number;
}

/** Significant digits that tell any two float32 apart. */
const DIGITS = 9;

/**
 * Text in, a vector out.
 *
 * @example { "text": "a cat" } → { "embedding": [0.12, …], "tokens": 4, "truncated": false }
 */
export function textEmbedding<Input>(
  { input, output, pooling, normalize, dimensions: width }: Settings<Input>,
  model: Model,
  makeReader: MakeReader<Input>,
): Task<TextRequest, TextWish<TextRequest>> {
  return textTask({
    reader: makeReader(input, model),
    output,
    answers(scores, { readings }) {
      checkDims(scores, pooling === 'none' ? 2 : 3, readings.length);
      const { data, dims } = scores;
      const stride = (pooling === 'none' ? 1 : (dims[1] ?? 0)) * width;
      return readings.map(({ tokens: count = 1 }, i) => {
        const vector = pool(pooling, { data, from: i * stride, count, width });
        return { embedding: numbers(normalize ? normalised(vector) : vector) };
      });
    },
  });
}

/** As short as JSON can say them. */
function numbers(vector: Float64Array): number[] {
  if (!vector.every(Number.isFinite)) {
    throw new ServiceError('RESULT_NOT_FINITE', 'The model answered with a number that is not finite.');
  }
  return Array.from(vector, (x) => Number(x.toPrecision(DIGITS)));
}
