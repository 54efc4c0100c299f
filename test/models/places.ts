import { fileURLToPath } from 'node:url';

/** Path of a file beside the test: `here('golden.mjs', import.meta.url)`. */
export function here(name: string, from: string): string {
  return fileURLToPath(new URL(name, from));
}

/** Path of a file of this repository. */
export function repository(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
