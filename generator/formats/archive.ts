import { open, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { diskError } from '../write/disk.ts';
import { broken, checkMembers, type Member } from './members.ts';
import type { Tree } from './source.ts';
import type { Temporary } from './temporary.ts';

/** Takes one entry's bytes, whole. */
export type Sink = (index: number, data: AsyncIterable<Buffer>) => Promise<void>;

/** One kind of archive. Both methods go through the file from its beginning; entries keep their number. */
export interface ArchiveFormat {
  readonly title: string;
  list(file: string, signal: AbortSignal): Promise<readonly Member[]>;
  extract(file: string, wanted: ReadonlySet<number>, sink: Sink, signal: AbortSignal): Promise<void>;
}

/**
 * An archive as a tree of files: listed and checked at once, unpacked file by file when they are asked for.
 *
 * @throws ToolError MODEL_ARCHIVE_…
 */
export async function archiveTree(
  { title, list, extract }: ArchiveFormat,
  file: string,
  packed: number,
  temporary: Temporary,
  signal: AbortSignal,
): Promise<Tree> {
  const members = await list(file, signal);
  const indexes = checkMembers(members, packed, file);
  const sizes = new Map([...indexes].map(([path, index]) => [path, (members[index] as Member).size]));
  const placed = new Set<string>();
  return {
    name: `the ${title} ${basename(file)}`,
    where: file,
    files: sizes,
    place: async (paths) => {
      const root = await temporary.folder();
      const missing = new Map(
        paths.filter((path) => !placed.has(path)).map((path) => [indexes.get(path) as number, path]),
      );
      if (missing.size === 0) return root;
      const sink: Sink = async (index, data) => {
        const path = missing.get(index) as string;
        await write(join(root, path), data, sizes.get(path) as number, file);
        placed.add(path);
      };
      await extract(file, new Set(missing.keys()), sink, signal);
      const left = [...missing.values()].find((path) => !placed.has(path));
      if (left !== undefined) throw broken('it has changed while it was read', file);
      return root;
    },
  };
}

/** A new file, of exactly the size that was listed. */
async function write(path: string, data: AsyncIterable<Buffer>, size: number, where: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await open(path, 'wx', 0o600);
  try {
    let written = 0;
    for await (const chunk of data) {
      written += chunk.length;
      if (written > size) break;
      await handle.writeFile(chunk).catch((error: unknown) => {
        throw diskError(error, path);
      });
    }
    if (written !== size) throw broken('a file in it has another size than it says', where);
  } finally {
    await handle.close();
  }
}
