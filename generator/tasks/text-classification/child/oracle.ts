import { predictionsOf } from '../../../classes/child/predictions.ts';
import { answerTexts, type TextsRequest } from '../../../text/child/answer-texts.ts';
import type { TextClassification } from '../settings.ts';

export interface OracleRequest extends TextsRequest<TextClassification> {
  /** One a class, in the order of the scores. */
  readonly labels: readonly string[];
}

answerTexts<OracleRequest>(({ numbers }, { task, labels }) => {
  if (numbers.length !== task.classes) throw new Error(`${task.output} has no ${task.classes} scores a text`);
  return { predictions: predictionsOf(numbers, task.scores, labels).slice(0, task.top) };
});
