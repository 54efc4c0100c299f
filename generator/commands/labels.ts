import { resolve } from 'node:path';
import { numberedLabels, readLabels } from '../task/labels.ts';
import type { Learned } from './learn-model.ts';

/** Class names in the order of the scores: from the file that was named, else from what lies in or beside the model, else numbers. */
export async function labelsFor(
  file: string | undefined,
  { examined: { guess } }: Learned,
  cwd: string,
): Promise<readonly string[]> {
  const { classes } = guess.task;
  if (file !== undefined) return readLabels(resolve(cwd, file), classes);
  return guess.labels?.value ?? numberedLabels(classes);
}
