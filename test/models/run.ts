import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Folder } from './files.ts';
import type { Feed } from './mendable.ts';
import { here } from './places.ts';

/** By output name; or `error` alone, the runtime's message. */
export type Answer = Readonly<Record<string, Feed>>;

/** Runs models in onnxruntime-node, in a process of its own: it does not work inside of Jest. */
export async function runModels(
  list: readonly { readonly file: string; readonly feeds: Readonly<Record<string, Feed>> }[],
  folder: Folder,
): Promise<Answer[]> {
  const script = here('run-models.mjs', import.meta.url);
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    folder.file('list.json', JSON.stringify(list)),
  ]);
  return JSON.parse(stdout) as Answer[];
}
