import { fileURLToPath } from 'node:url';

const fromSource = import.meta.url.endsWith('.ts');

/** Path of a file that the package ships as it is, e.g. `handler-template/src/handler.ts`. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(`${fromSource ? '../' : '../../'}${path}`, import.meta.url));
}

/** Path of a compiled script to start in a child process, e.g. `harness/child/bootstrap.js`; in dist/ also when tests run the sources. */
export function compiledFile(path: string): string {
  return packageFile(`dist/${path}`);
}
