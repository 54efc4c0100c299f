import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ToolError } from '../errors.ts';
import type { Learned } from './learn-model.ts';

export async function labelsFor(file: string | undefined, learned: Learned, cwd: string): Promise<readonly string[]> {
  if (file === undefined) return learned.labels ?? Array.from({ length: learned.classes }, (_, i) => String(i));
  const path = resolve(cwd, file);
  const lines = (await readFile(path, 'utf8')).split(/\r?\n/).filter(Boolean);
  if (lines.length !== learned.classes)
    throw new ToolError('LABELS_INVALID', {
      what: `${lines.length} labels for ${learned.classes} classes.`,
      where: path,
    });
  return lines;
}
