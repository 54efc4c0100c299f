import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ToolError } from '../generator/errors.ts';
import { EXPECTED_FILE } from '../generator/expected.ts';

const FOLDER = 'fixtures';
const UNKNOWN = 'application/octet-stream';

/** Content-Type by a fixture's ending. */
export const CONTENT_TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  json: 'application/json',
};

/** The Content-Type of a fixture by its name. */
export const contentTypeOf = (file: string): string =>
  CONTENT_TYPES[file.slice(file.lastIndexOf('.') + 1).toLowerCase()] ?? UNKNOWN;

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
  const fixtures = existsSync(folder)
    ? readdirSync(folder).filter((file) => file !== basename(EXPECTED_FILE) && contentTypeOf(file) !== UNKNOWN)
    : [];
  const close = fixtures.find((file) => file.slice(0, file.lastIndexOf('.')) === basename(name));
  if (close) return join(folder, close);
  throw new ToolError('FIXTURE_NOT_FOUND', {
    what: `There is no fixture ${JSON.stringify(name)}.`,
    where: folder,
    expected: fixtures.length > 0 ? fixtures.join(', ') : 'a path to a picture or a JSON body',
  });
}

/** A fixture as the event of a direct invoke, as JSON text: a picture as `{"image": base64}`, a JSON body as it is. */
export function eventOf(file: string): string {
  const bytes = readFileSync(file);
  return contentTypeOf(file) === CONTENT_TYPES['json']
    ? bytes.toString('utf8')
    : JSON.stringify({ image: bytes.toString('base64') });
}
