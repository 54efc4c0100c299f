import { basename, resolve } from 'node:path';

const LONGEST = 40;

/** What is wrong with a project name, or undefined: it becomes stack, function and package names. */
export function nameExpectation(name: string): string | undefined {
  const fits = name.length <= LONGEST && /^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/.test(name);
  return fits
    ? undefined
    : `lower-case letters, digits and single hyphens, a letter first, at most ${LONGEST} characters, e.g. digits-api`;
}

/**
 * A valid name that resembles the folder's.
 *
 * @example nameFromFolder('/tmp/My API (2)') // 'my-api-2'
 */
export function nameFromFolder(dir: string): string {
  const name = basename(resolve(dir))
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '');
  return name || 'onnx-api';
}
