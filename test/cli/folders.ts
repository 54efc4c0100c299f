import { mkdtempSync, readdirSync, rmSync, statSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIGITS } from '../rig/digits.ts';

/** A folder with a space in its name, outside of any repository, gone after each test. */
export function freshFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'create cli '));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

/** Path to content of everything below a folder; folders have null. */
export function treeOf(folder: string): Record<string, string | null> {
  return Object.fromEntries(
    (readdirSync(folder, { recursive: true }) as string[])
      .sort()
      .map((path) => [
        path,
        statSync(join(folder, path)).isDirectory() ? null : readFileSync(join(folder, path), 'latin1'),
      ]),
  );
}

export const MODEL = join(DIGITS, 'digits.onnx');
/** The fastest way to a project. */
export const QUICK = ['--model', MODEL, '--yes', '--skip-install', '--no-git'] as const;
/** No CI, no npm, no proxy of the surroundings: what a test is about is said in the test. */
export const PLAIN_ENV = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(CI|npm_.*|GIT_.*|INIT_CWD)$/i.test(name)),
);
