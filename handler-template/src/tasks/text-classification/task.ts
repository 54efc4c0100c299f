import { readLabels } from '../../model-file.ts';
import { best, type Scores } from '../../scores.ts';
import type { Model } from '../../spec.ts';
import type { Task } from '../../task-types.ts';
import type { MakeReader } from '../../text/reader.ts';
import { checkDims, textTask, type TextWish } from '../../text/text-task.ts';
import type { TextRequest } from '../../text/texts.ts';

export interface Settings<Input> {
  readonly kind: 'text-classification';
  readonly input: Input;
  readonly output: string;
  readonly scores: Scores;
  readonly classes: number;
  /** How many predictions are answered where the request does not say. */
  readonly top: number;
}

export type Request = TextRequest & { readonly top?: number };

/**
 * Text in, the best classes out.
 *
 * @example { "text": "great" } → { "predictions": [{ "className": "positive", "probability": 0.98 }, …], "tokens": 3, "truncated": false }
 */
export function textClassification<Input>(
  { input, output, scores, classes, top: usual }: Settings<Input>,
  model: Model,
  makeReader: MakeReader<Input>,
): Task<Request, TextWish<Request>> {
  const labels = readLabels(classes);
  return textTask({
    reader: makeReader(input, model),
    output,
    answers(result, { readings }, { top = usual }) {
      checkDims(result, 2, readings.length);
      return readings.map((_, i) => ({
        predictions: best(result.data.subarray(i * classes, (i + 1) * classes), scores, labels, top),
      }));
    },
  });
}
