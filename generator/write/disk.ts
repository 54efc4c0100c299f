import { constants } from 'node:fs';
import { access, chmod, copyFile, lstat, mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { ToolError } from '../errors.ts';
import type { FileEntry } from './file-map.ts';

export type Kind = 'absent' | 'file' | 'folder' | 'other';

/** All that writing does to a disk, in small steps: a test puts a fault between any two. */
export interface Disk {
  /** Of the path itself: a link is `other`, wherever it leads. */
  kindOf(path: string): Promise<Kind>;
  list(folder: string): Promise<readonly string[]>;
  canWriteIn(folder: string): Promise<boolean>;
  makeFolder(path: string): Promise<void>;
  write(path: string, entry: FileEntry): Promise<void>;
  move(from: string, to: string): Promise<void>;
  /** With all that is in it; no error where it is absent. */
  remove(path: string): Promise<void>;
  removeEmptyFolder(path: string): Promise<void>;
}

const MODE = { plain: 0o666, executable: 0o777, copied: 0o644 } as const;

export const realDisk: Disk = {
  kindOf: async (path) => {
    try {
      const stats = await lstat(path);
      return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return 'absent';
      throw error;
    }
  },
  list: (folder) => readdir(folder),
  canWriteIn: (folder) =>
    access(folder, constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    ),
  makeFolder: (path) => mkdir(path).then(() => undefined),
  write: async (path, entry) => {
    switch (entry.kind) {
      case 'text':
        return writeFile(path, entry.text, { mode: MODE.plain, flag: 'wx' });
      case 'script':
        return writeFile(path, entry.text, { mode: MODE.executable, flag: 'wx' });
      case 'bytes':
        return writeFile(path, entry.bytes, { mode: MODE.plain, flag: 'wx' });
      case 'copy':
        await copyFile(entry.from, path, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
        return chmod(path, MODE.copied); // what came from a read-only package is the user's to edit
    }
  },
  move: rename,
  remove: (path) => rm(path, { recursive: true, force: true, maxRetries: 3 }),
  removeEmptyFolder: (path) => rmdir(path),
};

/** A disk's error as one that a user is meant to read; others come back as they are. */
export function diskError(error: unknown, where: string): unknown {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new ToolError(
      'DISK_FULL',
      { what: 'No room is left on the disk; nothing was kept of what was written.', where, next: 'df -h' },
      { cause: error },
    );
  const nowhere = code === 'ENOENT' && (error as NodeJS.ErrnoException).syscall === 'mkdir'; // as in /proc
  if (nowhere || ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(code ?? ''))
    return new ToolError(
      'TARGET_NOT_WRITABLE',
      { what: `This folder can't be written (${code ?? ''}).`, where, expected: 'a folder that you may write to' },
      { cause: error },
    );
  return error;
}

function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
