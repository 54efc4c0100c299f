import type { Examined } from '../../../generator/tasks/examine.ts';
import { guessTask } from '../../../generator/tasks/guess.ts';
import type { ImageClassificationGuess } from '../../../generator/tasks/image-classification/task.ts';
import type { Guess } from '../../../generator/tasks/table.ts';

function isClassifier(guess: Guess): guess is ImageClassificationGuess {
  return guess.kind === 'image-classification';
}

/** The likeliest task of a model, which must be image classification. */
export function classifierOf({ guesses: [guess] }: Pick<Examined, 'guesses'>): ImageClassificationGuess {
  if (isClassifier(guess)) return guess;
  throw new Error(`The model was taken for ${guess.kind}`);
}

/** The same from the parts that a guess is made of. */
export function guessClassifier(...given: Parameters<typeof guessTask>): ImageClassificationGuess {
  return classifierOf({ guesses: [guessTask(...given)] });
}
