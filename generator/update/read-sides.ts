import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { foldersOf } from '../write/file-map.ts';
import { contentOfFile, type Contents } from './content.ts';
import type { Place, Sides } from './plan.ts';

/** What a project has in each place that an update looks at. Nothing is read through a folder that is a link. */
export async function readPlaces(root: string, paths: readonly string[]): Promise<Readonly<Record<string, Place>>> {
  const folders = foldersOf(paths);
  const linked = new Set<string>();
  for (const folder of folders) if ((await lookAt(join(root, folder)))?.isSymbolicLink()) linked.add(`${folder}/`);
  const isOutside = (path: string): boolean => [...linked].some((folder) => path.startsWith(folder));
  const places: [string, Place][] = [];
  for (const path of paths) places.push([path, await placeAt(join(root, path), isOutside(path))]);
  return Object.fromEntries(places);
}

async function placeAt(file: string, outside: boolean): Promise<Place> {
  const stats = await lookAt(file);
  if (!stats) return outside ? { kind: 'other', content: undefined } : { kind: 'absent' };
  if (stats.isFile() && !outside) return { kind: 'file', content: await contentOfFile(file) };
  return { kind: 'other', content: await contentOfFile(file).catch(() => undefined) };
}

const lookAt = (path: string): Promise<Stats | undefined> => lstat(path).catch(() => undefined);

/** The three sides of every path. @param inputs paths that the update was made from: what is there is no edit, it went in */
export function sidesOf(
  base: Contents,
  places: Readonly<Record<string, Place>>,
  theirs: Contents,
  inputs: (path: string) => boolean,
): Readonly<Record<string, Sides>> {
  return Object.fromEntries(
    Object.entries(places).map(([path, mine]): [string, Sides] => {
      const wentIn = theirs[path] !== undefined && mine.kind === 'file' && inputs(path);
      return [path, { base: wentIn ? mine.content : base[path], mine, theirs: theirs[path] }];
    }),
  );
}
