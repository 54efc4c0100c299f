import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { runBin } from './bins.ts';
import { ROOT } from './paths.ts';

/** The folder of the digits fixture: model, labels, pictures, golden.json. */
export const DIGITS = `${ROOT}fixtures/digits`;

interface Golden {
  readonly pictures: Readonly<Record<string, { className: string; probability: number; logits: readonly number[] }>>;
}

/** What Python answers to each picture, by file name. */
export const golden = (JSON.parse(readFileSync(`${DIGITS}/golden.json`, 'utf8')) as Golden).pictures;

/**
 * Makes the digits service in `folder` with the real bin. For this machine's processor, so that it can run in its Docker.
 *
 * @param more further flags, e.g. `['--architecture', 'arm64']`; later ones win
 */
export async function createDigits(folder: string, more: readonly string[] = []): Promise<void> {
  const args = ['--model', `${DIGITS}/digits.onnx`, '--labels', `${DIGITS}/labels.txt`, '--pictures', DIGITS];
  const plain = [
    '--architecture',
    process.arch === 'arm64' ? 'arm64' : 'x86_64',
    '--yes',
    '--skip-install',
    '--no-git',
  ];
  const made = await runBin('create', [basename(folder), ...args, ...plain, ...more], {
    cwd: dirname(folder),
    all: true,
  });
  if (made.exitCode !== 0) throw new Error(`create-onnx-lambda ended with ${made.exitCode}:\n${made.all}`);
}
