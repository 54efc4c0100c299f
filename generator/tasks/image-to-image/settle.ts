import { answersOfPreprocessing, preprocessingFrom } from '../../pictures/settle.ts';
import type { Answers } from '../../questions/answers.ts';
import type { ImageToImage } from './settings.ts';

/** The guess with what was answered. */
export function settleImageToImage(guess: ImageToImage, answers: Answers): ImageToImage {
  const { outputColors: colors, outputValues: values, answerSize: size } = answers;
  return { ...guess, preprocessing: preprocessingFrom(answers), result: { ...guess.result, colors, values }, size };
}

/** What `settleImageToImage` took from the answers. */
export function answersOfImageToImage({ preprocessing, result, size }: ImageToImage): Partial<Answers> {
  const { colors, values } = result;
  return { ...answersOfPreprocessing(preprocessing), outputColors: colors, outputValues: values, answerSize: size };
}
