import { predictionsOf } from '../../../classes/child/predictions.ts';
import type { Prediction } from '../../../expected.ts';
import { answerPictures, type PicturesRequest } from '../../../pictures/child/answer-pictures.ts';
import type { ImageClassification } from '../settings.ts';

export interface OracleRequest extends PicturesRequest {
  readonly task: ImageClassification;
  /** One a class, in the order of the scores. */
  readonly labels: readonly string[];
}

answerPictures<OracleRequest, Prediction[]>(async (ask, { task, labels }) => {
  const output = await ask(task.output);
  const scores = Array.from(output.data as ArrayLike<number>, Number).slice(0, task.classes);
  if (scores.length !== task.classes || !scores.every(Number.isFinite)) {
    throw new Error(`${task.output} has no ${task.classes} finite scores`);
  }
  return predictionsOf(scores, task.scores, labels);
});
