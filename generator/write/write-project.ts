import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { ToolError } from '../errors.ts';
import { diskError, realDisk, type Disk } from './disk.ts';
import { foldersOf, staysInside, type FileMap } from './file-map.ts';
import { Journal } from './journal.ts';
import { checkCollisions, type Target } from './target.ts';

/** What installing and git may add to a project; taken back with it where it was not there before. */
const ADDED_LATER = ['node_modules', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', '.yarn', '.git'];

export interface Written {
  /** Takes everything back: what was there before is there again, what was not is gone. */
  undo(): Promise<void>;
  /** Lets go of the replaced files; after this, files that were replaced can't come back. */
  keep(): Promise<void>;
}

export interface WriteOptions {
  readonly signal?: AbortSignal;
  readonly disk?: Disk;
  /** Files to remove, in a folder that is there already. */
  readonly gone?: readonly string[];
}

/**
 * Writes a project, all of it or nothing: into a folder beside its place (or inside it, where the place is there already), then by renames.
 *
 * @throws ToolError DISK_FULL, TARGET_NOT_WRITABLE, CANCELLED; nothing is left behind
 */
export async function writeProject(
  files: FileMap,
  target: Target,
  { signal, disk = realDisk, gone = [] }: WriteOptions = {},
): Promise<Written> {
  const stray = [...Object.keys(files), ...gone].find((path) => !staysInside(path));
  if (stray !== undefined) throw new Error(`a file outside of the project: ${stray}`);
  const journal = new Journal();
  const step = async (does: () => Promise<void>, undoes?: () => Promise<void>): Promise<void> => {
    signal?.throwIfAborted();
    await does();
    if (undoes) journal.add(undoes);
  };
  try {
    const keep =
      target.kind === 'new'
        ? await writeNew(files, target.dir, target.parents, disk, step)
        : await writeInto(files, gone, target.dir, target.kind === 'empty', disk, step, journal);
    signal?.throwIfAborted();
    return { undo: () => journal.undo(), keep: () => keep() };
  } catch (error) {
    await journal.undo();
    if (signal?.aborted)
      throw new ToolError('CANCELLED', { what: 'Cancelled; nothing was written.' }, { cause: error });
    throw diskError(error, target.dir);
  }
}

type Step = (does: () => Promise<void>, undoes?: () => Promise<void>) => Promise<void>;

async function writeNew(
  files: FileMap,
  dir: string,
  parents: readonly string[],
  disk: Disk,
  step: Step,
): Promise<() => Promise<void>> {
  for (const parent of parents)
    await step(
      () => disk.makeFolder(parent),
      () => disk.removeEmptyFolder(parent),
    );
  const staging = join(dirname(dir), `.${basename(dir)}.${randomBytes(6).toString('hex')}`);
  await fill(files, staging, disk, step);
  await step(
    () => disk.move(staging, dir),
    () => disk.remove(dir),
  );
  return () => Promise.resolve();
}

async function writeInto(
  files: FileMap,
  gone: readonly string[],
  dir: string,
  wasEmpty: boolean,
  disk: Disk,
  step: Step,
  journal: Journal,
): Promise<() => Promise<void>> {
  await checkCollisions(dir, files, disk);
  for (const name of wasEmpty ? [] : ADDED_LATER) {
    const path = join(dir, name);
    if ((await disk.kindOf(path)) === 'absent') journal.add(() => disk.remove(path));
  }
  const staging = join(dir, `.create-onnx-lambda-${randomBytes(6).toString('hex')}`);
  if (wasEmpty)
    journal.add(async () => {
      for (const name of await disk.list(dir)) await disk.remove(join(dir, name));
    });
  await step(
    () => disk.makeFolder(staging),
    () => disk.remove(staging),
  );
  const [fresh, replaced] = [join(staging, 'new'), join(staging, 'old')];
  await step(() => disk.makeFolder(replaced));
  await fill(files, fresh, disk, step);
  for (const folder of foldersOf(Object.keys(files))) {
    const path = join(dir, folder);
    if ((await disk.kindOf(path)) === 'absent')
      await step(
        () => disk.makeFolder(path),
        () => disk.removeEmptyFolder(path),
      );
  }
  for (const [i, path] of [...gone, ...Object.keys(files)].entries()) {
    const [place, aside] = [join(dir, path), join(replaced, String(i))];
    if ((await disk.kindOf(place)) === 'file')
      await step(
        () => disk.move(place, aside),
        () => disk.move(aside, place),
      );
    if (Object.hasOwn(files, path))
      await step(
        () => disk.move(join(fresh, path), place),
        () => disk.remove(place),
      );
  }
  return async () => {
    // From here on the replaced files are gone: taking back would lose them.
    if (!wasEmpty) journal.forget();
    await disk.remove(staging);
    await removeEmptied(gone, dir, disk);
  };
}

/** Folders that lost their last file; one with anything else in it stays. */
async function removeEmptied(gone: readonly string[], dir: string, disk: Disk): Promise<void> {
  for (const folder of foldersOf(gone).toReversed())
    await disk.removeEmptyFolder(join(dir, folder)).catch(() => undefined);
}

/** Writes all files below a new folder. */
async function fill(files: FileMap, root: string, disk: Disk, step: Step): Promise<void> {
  await step(
    () => disk.makeFolder(root),
    () => disk.remove(root),
  );
  for (const folder of foldersOf(Object.keys(files))) await step(() => disk.makeFolder(join(root, folder)));
  for (const [path, entry] of Object.entries(files)) await step(() => disk.write(join(root, path), entry));
}
