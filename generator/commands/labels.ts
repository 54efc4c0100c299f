import { resolve } from 'node:path';
import { numberedLabels, readLabels } from '../hints/labels.ts';
import { moduleOf } from '../tasks/table.ts';
import type { Learned } from './learn-model.ts';

/**
 * Class names in the order of the scores: from the file that was named, else from what lies in or beside the model, else numbers.
 * Undefined where the task has no classes.
 */
export async function labelsFor(
  file: string | undefined,
  { guess }: Learned,
  cwd: string,
): Promise<readonly string[] | undefined> {
  const classes = moduleOf(guess).classes(guess.task);
  if (classes === undefined) return undefined;
  if (file !== undefined) return readLabels(resolve(cwd, file), classes);
  return guess.labels?.value ?? numberedLabels(classes);
}
