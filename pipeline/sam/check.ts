import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import * as argv from './argv.ts';
import { runSam, samFile } from './run.ts';

/** `SAM CLI, version 1.170.0` → `1.170.0`; undefined where it is not SAM that answered. */
export const parseVersion = (text: string): string | undefined => /SAM CLI, version (\d+\.\d+\.\d+)/.exec(text)?.[1];

/**
 * The version of the `sam` that will run. Which runtimes it knows shows when it builds.
 *
 * @throws ToolError SAM_MISSING where there is none, or something else of that name
 */
export async function checkSam(cwd: string, io: Io): Promise<string> {
  const ran = await runSam(argv.version(), { cwd, show: 'nothing' }, io);
  const version = parseVersion(ran.stdout);
  if (version) return version;
  throw new ToolError('SAM_MISSING', {
    what: 'This is not the AWS SAM CLI, or it does not start.',
    where: samFile(io.env),
    expected: '`sam --version` answers "SAM CLI, version …"',
    next: 'sam --version   (then pip install --upgrade aws-sam-cli)',
  });
}
