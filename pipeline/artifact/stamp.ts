import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from './files.ts';

/** Lies in a build folder and says what it was made from. */
const STAMP = 'onnx-lambda-build.json';

/** What a build reads of a project; a model layer is deployed from where it lies, an image has the model inside. */
const FILES = /^((template|swagger(\.[a-z-]+)?)\.yaml|Dockerfile|\.dockerignore)$/;
const FOLDERS = ['src', 'runtime'];
const IN_IMAGES = [...FOLDERS, 'model'];
const NOT_SOURCE = new Set(['node_modules', '.DS_Store']);

/** One hash over everything that a build reads. */
export async function hashSources(root: string): Promise<string> {
  const files = (await readdir(root)).filter((name) => FILES.test(name)).sort();
  return hashFiles(root, files.includes('Dockerfile') ? IN_IMAGES : FOLDERS, files);
}

/** One hash over the files of some folders, and single files. */
export async function hashFiles(
  root: string,
  folders: readonly string[],
  files: readonly string[] = [],
): Promise<string> {
  const hash = createHash('sha256');
  const inFolders = await Promise.all(
    folders.map(async (folder) =>
      (await listFiles(join(root, folder), NOT_SOURCE)).map(({ path }) => `${folder}/${path}`),
    ),
  );
  for (const path of [...files, ...inFolders.flat()]) {
    const bytes = await readFile(join(root, path)).catch(() => Buffer.alloc(0));
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

export const writeStamp = (buildDir: string, sources: string): Promise<void> =>
  writeFile(join(buildDir, STAMP), `${JSON.stringify({ sources })}\n`);

/** Whether the build in `buildDir` was made from these sources. */
export async function isFresh(buildDir: string, sources: string): Promise<boolean> {
  const text = await readFile(join(buildDir, STAMP), 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { sources?: string }).sources === sources;
}
