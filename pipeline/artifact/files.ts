import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface FileSize {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
}

/** Every file of a folder with its size, links as they are; empty where there is no such folder. */
export async function listFiles(folder: string, skip: ReadonlySet<string> = new Set()): Promise<FileSize[]> {
  const found: FileSize[] = [];
  const walk = async (relative: string): Promise<void> => {
    const entries = await readdir(join(folder, relative), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (skip.has(entry.name)) continue;
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) await walk(path);
      else found.push({ path, bytes: (await lstat(join(folder, path))).size });
    }
  };
  await walk('');
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
