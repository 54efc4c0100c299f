import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tree } from './source.ts';

/** Larger than any label list or tokenizer. */
const LARGEST = 64 << 20;

/** A small text file of a tree, or undefined where there is none. */
export async function readText(tree: Tree, path: string): Promise<string | undefined> {
  if ((tree.files.get(path) ?? Infinity) > LARGEST) return undefined;
  return readFile(join(await tree.place([path]), path), 'utf8');
}
