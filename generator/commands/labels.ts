import { resolve } from 'node:path';
import { numberedLabels, readLabels } from '../hints/labels.ts';
import type { Task } from '../tasks/settings.ts';
import { moduleOf, type Guess } from '../tasks/table.ts';

export interface LabelSources {
  /** That was named. */
  readonly file: string | undefined;
  /** With the names that lie in or beside the model. */
  readonly guess: Guess;
  /** As it was settled. */
  readonly task: Task;
  readonly cwd: string;
}

/**
 * Class names in the order of the scores: from the file that was named, else from what lies in or beside the model, else numbers.
 * Undefined where the task has no classes, or nobody knows how many.
 */
export async function labelsFor({ file, guess, task, cwd }: LabelSources): Promise<readonly string[] | undefined> {
  const classes = moduleOf(task).classes(task);
  if (classes === undefined) return undefined;
  if (file !== undefined) return readLabels(resolve(cwd, file), classes === 'any' ? undefined : classes);
  const names = guess.labels?.value;
  if (classes === 'any' || names?.length === classes) return names;
  return numberedLabels(classes);
}
