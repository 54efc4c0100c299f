import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ToolError } from '../errors.ts';

/** A picture to test the service with. */
export interface Picture {
  /** File name in fixtures/. */
  readonly file: string;
  /** Absolute path of the original; pictures that were made up have their bytes. */
  readonly from:
    { readonly kind: 'path'; readonly path: string } | { readonly kind: 'bytes'; readonly bytes: Uint8Array };
  readonly bytes: number;
}

const PICTURE = /\.(jpe?g|png|webp)$/i;
/** A picture as base64 has to fit into an event of 6,291,556 bytes. */
const LARGEST = 4_500_000;
/** Each is run through the model now, and again at every test. */
export const MOST_PICTURES = 200;

/**
 * The pictures that files and folders name, by file name; of a folder, those directly in it.
 *
 * @throws ToolError PICTURE_INVALID
 */
export async function findPictures(paths: readonly string[], cwd: string): Promise<readonly Picture[]> {
  const found: Picture[] = [];
  for (const path of paths) found.push(...(await picturesAt(resolve(cwd, path))));
  found.sort((a, b) => (a.file < b.file ? -1 : 1));
  const twice = found.find(({ file }, i) => found[i + 1]?.file.toLowerCase() === file.toLowerCase());
  if (twice) throw invalid(twice.file, 'Two pictures have this name.', 'file names that differ');
  if (found.length > MOST_PICTURES)
    throw invalid(paths.join(', '), `These are ${found.length} pictures.`, `at most ${MOST_PICTURES}`);
  return found;
}

async function picturesAt(path: string): Promise<readonly Picture[]> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats)
    throw invalid(path, 'There is no such picture or folder.', 'a JPEG, PNG or WebP file, or a folder of them');
  if (!stats.isDirectory()) return [await pictureAt(path)];
  const names = (await readdir(path)).filter((name) => PICTURE.test(name) && !name.startsWith('.'));
  if (names.length === 0) throw invalid(path, 'No picture is in this folder.', 'a folder of JPEG, PNG or WebP files');
  return Promise.all(names.sort().map((name) => pictureAt(join(path, name))));
}

async function pictureAt(path: string): Promise<Picture> {
  if (!PICTURE.test(path))
    throw invalid(path, 'This is no picture by its name.', 'a file that ends in .jpg, .png or .webp');
  const stats = await stat(path);
  if (!stats.isFile()) throw invalid(path, 'This is no file.', 'a JPEG, PNG or WebP file');
  if (stats.size > LARGEST)
    throw invalid(
      path,
      `This picture has ${stats.size} bytes.`,
      `at most ${LARGEST}, what a function's event can carry`,
    );
  return { file: basename(path), from: { kind: 'path', path }, bytes: stats.size };
}

/** What is in a picture's file. */
export function readPicture({ from }: Picture): Promise<Uint8Array> {
  return from.kind === 'bytes' ? Promise.resolve(from.bytes) : readFile(from.path);
}

function invalid(where: string, what: string, expected: string): ToolError {
  return new ToolError('PICTURE_INVALID', { what, where, expected });
}
