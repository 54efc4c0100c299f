import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ToolError } from '../errors.ts';
import { LIMITS } from './members.ts';
import type { Tree } from './source.ts';

const DEEPEST = 8;
const PASSED_OVER = /^\.|^(__MACOSX|node_modules|__pycache__)$/;

/** A folder as a tree of files. Links to files count, links to folders may lead in circles and don't. */
export async function folderTree(root: string, signal: AbortSignal): Promise<Tree> {
  const files = new Map<string, number>();
  const walk = async (folder: string, depth: number): Promise<void> => {
    signal.throwIfAborted();
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (PASSED_OVER.test(entry.name)) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && depth < DEEPEST) await walk(path, depth + 1);
      else if (entry.isFile() || entry.isSymbolicLink()) {
        const stats = await stat(join(root, path)).catch(() => undefined);
        if (stats?.isFile()) files.set(path, stats.size);
      }
      if (files.size > LIMITS.members) throw tooMany(root);
    }
  };
  try {
    await walk('', 0);
  } catch (error) {
    if (error instanceof ToolError || signal.aborted) throw error;
    const what = `The folder can't be read: ${(error as Error).message}`;
    throw new ToolError('MODEL_UNREADABLE', { what, where: root }, { cause: error });
  }
  return { name: `the folder ${basename(root)}`, where: root, files, place: () => Promise.resolve(root) };
}

function tooMany(where: string): ToolError {
  return new ToolError('MODEL_UNREADABLE', {
    what: `This folder holds more than ${LIMITS.members} files: hardly one model.`,
    where,
    next: 'Give the folder with the model, or the .onnx file itself.',
  });
}
