import { posix } from 'node:path';

/** `''` for what lies at the top. */
export function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** The folder of a file and each one above it, nearest first; the top is `''`. */
export function foldersAbove(path: string): string[] {
  const folder = folderOf(path);
  return folder === '' ? [''] : [folder, ...foldersAbove(folder)];
}

/** Models by name: among files whose head nobody has read, the name is what there is. */
export function modelsIn(paths: Iterable<string>): string[] {
  return [...paths].filter((path) => /\.onnx$/i.test(path)).sort();
}
