import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a build was made of: enough to tell whether it still stands, by a `stat` of each input. */
export interface Stamp {
  /** Hash of the options and of esbuild's version. */
  readonly key: string;
  /** Folder of the output, relative to the stamp's own. */
  readonly folder: string;
  readonly files: readonly string[];
  /** By path relative to the project: size and modification time, or null for a file that was not there and would have mattered. */
  readonly inputs: Readonly<Record<string, readonly [bytes: number, mtime: number] | null>>;
}

/** Size and time of a file, null where there is none. */
export function stateOf(path: string): [number, number] | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? [stat.size, stat.mtimeMs] : null;
}

/** The last build's stamp, undefined where there is none or it can't be read. */
export function readStamp(file: string): Stamp | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Stamp;
  } catch {
    return undefined;
  }
}

/** Whether nothing changed since: same options, same inputs, output all there. */
export function isFresh(stamp: Stamp, key: string, root: string, outputs: string): boolean {
  if (stamp.key !== key) return false;
  const same = Object.entries(stamp.inputs).every(([path, before]) => {
    const now = stateOf(join(root, path));
    return before === null || now === null ? before === now : before[0] === now[0] && before[1] === now[1];
  });
  return same && stamp.files.every((file) => existsSync(join(outputs, stamp.folder, file)));
}
