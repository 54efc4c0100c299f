import { basename, join } from 'node:path';
import { broken, checkMembers, type Member } from './members.ts';
import type { ArchiveKind, Tree } from './source.ts';
import type { Temporary } from './temporary.ts';
import { writeStream } from './write-stream.ts';

/** Takes one entry's bytes, whole. */
export type Sink = (index: number, data: AsyncIterable<Buffer>) => Promise<void>;

/** One kind of archive. Both methods go through the file from its beginning; entries keep their number. */
export interface ArchiveFormat {
  readonly title: ArchiveKind;
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
    archive: title,
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
        const size = sizes.get(path) as number;
        const written = await writeStream(join(root, path), data, size);
        if (written !== size) throw broken('a file in it has another size than it says', file);
        placed.add(path);
      };
      await extract(file, new Set(missing.keys()), sink, signal);
      const left = [...missing.values()].find((path) => !placed.has(path));
      if (left !== undefined) throw broken('it has changed while it was read', file);
      return root;
    },
  };
}
