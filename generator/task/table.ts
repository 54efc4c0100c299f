import { imageClassification, type ImageClassificationGuess } from './image-classification.ts';

/** Every task that a model can be served for; the first that fits is the guess. */
export const TASKS = { 'image-classification': imageClassification } as const;

export type TaskKind = keyof typeof TASKS;
export type Guess = ImageClassificationGuess;
