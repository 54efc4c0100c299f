import { execa, type Options, type Result } from 'execa';
import { ROOT } from './paths.ts';

const BINS = { create: 'bin/create-onnx-lambda.mjs', project: 'bin/onnx-lambda.mjs' } as const;

/**
 * Runs one of our bins as a user's shell would, in its own process. A failure is a result, not an exception.
 *
 * @example await runBin('project', ['invoke', 'fixtures/seven.png'], { cwd: project })
 */
export function runBin<More extends Options>(
  bin: keyof typeof BINS,
  args: readonly string[],
  options: More & { cwd: string },
): Promise<Result<More & { reject: false; stdin: 'ignore' }>> {
  return execa(process.execPath, [ROOT + BINS[bin], ...args], { ...options, reject: false, stdin: 'ignore' }) as never;
}
