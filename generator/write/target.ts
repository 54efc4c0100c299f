import { dirname, join } from 'node:path';
import { ToolError } from '../errors.ts';
import { diskError, type Disk } from './disk.ts';
import { foldersOf, type FileMap } from './file-map.ts';

/** Where a project is to go. */
export type Target =
  | {
      readonly kind: 'new';
      readonly dir: string;
      /** Folders that have to be made first, outermost first. */
      readonly parents: readonly string[];
    }
  | { readonly kind: 'empty' | 'overwrite'; readonly dir: string };

/**
 * Finds out whether a project may be written to `dir`; writes nothing.
 *
 * @param dir absolute
 * @throws ToolError TARGET_NOT_EMPTY, TARGET_NOT_WRITABLE
 */
export async function checkTarget(dir: string, overwrite: boolean, disk: Disk): Promise<Target> {
  try {
    const kind = await disk.kindOf(dir);
    if (kind === 'absent') return await newTarget(dir, disk);
    if (kind !== 'folder')
      throw notWritable(dir, `There is a ${kind === 'file' ? 'file' : 'link'} in the folder's place.`);
    await mustBeWritable(dir, disk);
    if ((await disk.list(dir)).length === 0) return { kind: 'empty', dir };
    if (overwrite) return { kind: 'overwrite', dir };
  } catch (error) {
    throw diskError(error, dir);
  }
  throw new ToolError('TARGET_NOT_EMPTY', {
    what: 'The folder is not empty.',
    where: dir,
    expected: 'a new or an empty folder',
    next: '--overwrite replaces the files of the project and keeps the others',
  });
}

async function newTarget(dir: string, disk: Disk): Promise<Target> {
  const parents: string[] = [];
  let parent = dirname(dir);
  while ((await disk.kindOf(parent)) === 'absent' && dirname(parent) !== parent) {
    parents.unshift(parent);
    parent = dirname(parent);
  }
  if ((await disk.kindOf(parent)) === 'file')
    throw notWritable(parent, "There is a file in the parent folder's place.");
  await mustBeWritable(parent, disk);
  return { kind: 'new', dir, parents };
}

async function mustBeWritable(folder: string, disk: Disk): Promise<void> {
  if (!(await disk.canWriteIn(folder))) throw notWritable(folder, "This folder can't be written.");
}

/** What stands in the way of overwriting: links and folders in a file's place, files in a folder's place. */
export async function checkCollisions(dir: string, files: FileMap, disk: Disk): Promise<void> {
  const wanted = [
    ...foldersOf(Object.keys(files)).map((path) => ({ path, kind: 'folder' })),
    ...Object.keys(files).map((path) => ({ path, kind: 'file' })),
  ];
  for (const { path, kind } of wanted) {
    const there = await disk.kindOf(join(dir, path));
    if (there !== 'absent' && there !== kind)
      throw notWritable(
        join(dir, path),
        `The project needs a ${kind} where there is a ${there === 'other' ? 'link' : there}.`,
      );
  }
}

function notWritable(where: string, what: string): ToolError {
  return new ToolError('TARGET_NOT_WRITABLE', { what, where, expected: 'a folder that you may write to' });
}
