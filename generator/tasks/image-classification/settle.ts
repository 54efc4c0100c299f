import { answersOfPreprocessing, preprocessingFrom } from '../../pictures/settle.ts';
import type { Answers } from '../../questions/answers.ts';
import type { ImageClassification } from './settings.ts';

/** The guess with what was answered. */
export function settleClassifier(guess: ImageClassification, answers: Answers): ImageClassification {
  const { scores, top } = answers;
  return { ...guess, scores, top, preprocessing: preprocessingFrom(answers) };
}

/** What `settleClassifier` took from the answers. */
export function answersOfClassifier({ scores, top, preprocessing }: ImageClassification): Partial<Answers> {
  return { scores, top, ...answersOfPreprocessing(preprocessing) };
}
