import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ToolError } from '../generator/errors.ts';

const FOLDER = 'fixtures';

/** Content-Type by a picture's ending. */
export const CONTENT_TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

/** The Content-Type of a picture by its name. */
export const contentTypeOf = (file: string): string =>
  CONTENT_TYPES[file.slice(file.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';

/**
 * The file that a person means: a path from `from`, or a name in the project's fixtures/ with or without its ending.
 *
 * @throws ToolError FIXTURE_NOT_FOUND with the names that there are
 */
export function findFixture(root: string, from: string, name: string): string {
  const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
  const folder = join(root, FOLDER);
  const direct = [resolve(from, name), join(folder, name)].find(isFile);
  if (direct) return direct;
  const pictures = existsSync(folder)
    ? readdirSync(folder).filter((file) => contentTypeOf(file).startsWith('image/'))
    : [];
  const close = pictures.find((file) => file.slice(0, file.lastIndexOf('.')) === basename(name));
  if (close) return join(folder, close);
  throw new ToolError('FIXTURE_NOT_FOUND', {
    what: `There is no picture ${JSON.stringify(name)}.`,
    where: folder,
    expected: pictures.length > 0 ? pictures.join(', ') : 'a path to a picture',
  });
}
