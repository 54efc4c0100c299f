import { readSync, statSync } from 'node:fs';
import { constants as zlib, gunzipSync } from 'node:zlib';
import { withFile } from '../model/open-file.ts';
import { archiveTree, type ArchiveFormat } from './archive.ts';
import { folderTree } from './folder.ts';
import type { Tree } from './source.ts';
import { tar, tarGz } from './tar.ts';
import type { Temporary } from './temporary.ts';
import { zip } from './zip.ts';

/** What wraps a model, told by the first bytes. */
const ARCHIVES: readonly (readonly [(head: Buffer) => boolean, ArchiveFormat])[] = [
  [(head) => starts(head, 'PK\x03\x04') || starts(head, 'PK\x05\x06'), zip],
  [isTar, tar],
  [(head) => isTar(gunzipped(head)), tarGz],
];

/**
 * Opens a folder or an archive as a tree of files; undefined where the path is a file of another kind.
 *
 * @throws ToolError MODEL_NOT_FOUND, MODEL_UNREADABLE, MODEL_ARCHIVE_…
 */
export async function openContainer(
  path: string,
  temporary: Temporary,
  signal: AbortSignal,
): Promise<Tree | undefined> {
  if (isFolder(path)) return folderTree(path, signal);
  const { head, size } = withFile(path, (fd, size) => ({ head: headOf(fd), size }));
  const format = ARCHIVES.find(([matches]) => matches(head))?.[1];
  return format && archiveTree(format, path, size, temporary, signal);
}

/** No error where there is nothing. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // why it can't be read is said where it is opened
  }
}

const HEAD = 64 << 10;
const BLOCK = 512;

function headOf(fd: number): Buffer {
  const buffer = Buffer.alloc(HEAD);
  return buffer.subarray(0, readSync(fd, buffer, 0, HEAD, 0));
}

function starts(head: Buffer, magic: string): boolean {
  return head.toString('latin1', 0, magic.length) === magic;
}

/** The first header's checksum, which old tars have too; its own eight bytes count as spaces. */
function isTar(head: Buffer): boolean {
  if (head.length < BLOCK || isGzip(head)) return false;
  const told = parseInt(head.toString('latin1', 148, 156).replace(/[\0 ]/g, ' ').trim(), 8);
  let sum = 8 * 0x20;
  for (const [at, byte] of head.subarray(0, BLOCK).entries()) if (at < 148 || at >= 156) sum += byte;
  return told === sum;
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

function gunzipped(head: Buffer): Buffer {
  if (!isGzip(head)) return Buffer.alloc(0);
  try {
    return gunzipSync(head, { finishFlush: zlib.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}
