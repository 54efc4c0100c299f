import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkCount } from '../hints/labels.ts';
import type { Task } from '../tasks/settings.ts';
import { moduleOf, type Guess } from '../tasks/table.ts';
import { labelLines, LABELS_FILE } from '../update/open-project.ts';
import { labelsFor } from './labels.ts';

/** Class names that the project has, a line each; a new model with another number of classes has none of them. */
export async function ownLabels(
  root: string,
  guess: Guess,
  task: Task,
  mustFit: boolean,
): Promise<readonly string[] | undefined> {
  const classes = moduleOf(task).classes(task);
  if (classes === undefined) return undefined;
  const file = join(root, LABELS_FILE);
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = labelLines(text);
  if (classes === 'any' && text !== '') return lines;
  if (classes !== 'any' && (lines.length === classes || mustFit)) {
    checkCount(lines, classes, file);
    return lines;
  }
  return labelsFor({ file: undefined, guess, task, cwd: root });
}
