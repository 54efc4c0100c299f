import { join, posix } from 'node:path';
import { SIDE_FILES, type SideFile, type SideRole } from '../hints/side-files.ts';
import { foldersAbove, inFolder } from './paths.ts';
import { readText } from './read-text.ts';
import type { Choice, Tree } from './source.ts';

/** Where a file that says something of the model lies: its folder and each one above, and SageMaker's `code/` in them. */
function places(model: string): string[] {
  return foldersAbove(model).flatMap((folder) => [folder, inFolder(folder, 'code')]);
}

/** Files of the tree that say something of the model, surest first: those that the layout names, then by the common table. */
export function sidePaths(tree: Tree, model: string, { sides = [] }: Choice): [path: string, role: SideRole][] {
  const stem = posix.basename(model).replace(/\.onnx$/i, '');
  const found = new Map<string, SideRole>(sides);
  for (const [name, role] of SIDE_FILES) {
    for (const folder of places(model)) {
      const path = inFolder(folder, name.replace('*', stem));
      if (tree.files.has(path) && !found.has(path)) found.set(path, role);
    }
  }
  return [...found];
}

/** Reads them; what is too large is passed over. */
export async function readSides(tree: Tree, sides: readonly (readonly [string, SideRole])[]): Promise<SideFile[]> {
  const read: SideFile[] = [];
  for (const [path, role] of sides) {
    const text = await readText(tree, path);
    if (text !== undefined) read.push({ role, path: join(await tree.place([path]), path), text });
  }
  return read;
}
