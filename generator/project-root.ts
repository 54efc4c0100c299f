import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder, or the nearest one above it, that has a file of this name. */
export function findRoot(folder: string, file: string): string | undefined {
  if (existsSync(join(folder, file))) return folder;
  return dirname(folder) === folder ? undefined : findRoot(dirname(folder), file);
}
