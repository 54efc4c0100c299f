import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PLAIN_ENV } from './folders.ts';

export async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 600 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(holds()).toBe(true);
}

const hasScript = process.platform === 'linux' && existsSync('/usr/bin/script');
export const describeTerminal = hasScript ? describe : describe.skip;

/** Runs a script as a person would, in a terminal of its own; `keys` are typed when the screen shows a text. */
export async function runInTerminal(
  args: readonly string[],
  keys: readonly (readonly [string, string])[],
  { folder, cwd = folder, columns = 100 }: { folder: string; cwd?: string; columns?: number },
) {
  const words = `stty cols ${columns} rows 40; ${[process.execPath, ...args].map((word) => `'${word}'`).join(' ')}`;
  const child = execa('script', ['--quiet', '--return', '--command', words, join(folder, '.typescript')], {
    cwd,
    env: { ...PLAIN_ENV, TERM: 'xterm', COLUMNS: '120' },
    extendEnv: false,
    reject: false,
    timeout: 40_000,
    killSignal: 'SIGKILL',
  });
  let seen = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (seen += text));
  for (const [text, key] of keys) {
    await until(() => seen.includes(text));
    await new Promise((resolve) => setTimeout(resolve, 100)); // Keys that come before the question is drawn are dropped.
    seen = '';
    child.stdin.write(key);
  }
  return child;
}
