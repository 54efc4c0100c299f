import { CommanderError, type Command as Program } from 'commander';
import { describeError, EXIT, ToolError } from '../generator/errors.ts';
import type { Io } from '../generator/io.ts';

/** How long a cancelled command may take to clean up before the process ends anyway, in ms. */
const GRACE = 5_000;

/**
 * Runs one command line: the only place that prints errors and decides on the exit code.
 *
 * @param build makes the program; `done` takes the exit code of the command that ran
 */
export async function main(build: (io: Io, done: (code: number) => void) => Program): Promise<void> {
  const cancel = new AbortController();
  const onSignal = (): void => {
    if (cancel.signal.aborted) process.exit(EXIT.cancelled);
    cancel.abort();
    setTimeout(() => process.exit(EXIT.cancelled), GRACE).unref();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const { stdin, stdout, stderr, env } = process;
  const io: Io = { stdin, stdout, stderr, env, cwd: process.cwd(), signal: cancel.signal };
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that went away (`| head`) is no error.
    if (error.code === 'EPIPE') return;
    if (error.code !== 'ENOSPC') throw error;
    process.exit(
      exitCodeFor(new ToolError('DISK_FULL', { what: 'The answer could not be written.', where: 'stdout' }), io),
    );
  });
  try {
    await build(io, (code) => (process.exitCode = code)).parseAsync();
  } catch (error) {
    process.exitCode = exitCodeFor(error, io);
  }
}

function exitCodeFor(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.refused;
  if (io.signal.aborted && !(error instanceof ToolError)) {
    io.stderr.write('Cancelled.\n');
    return EXIT.cancelled;
  }
  if (error instanceof ToolError) {
    io.stderr.write(`${describeError(error)}\n`);
    if (io.env['ONNX_LAMBDA_DEBUG'] && error.cause) io.stderr.write(`${String(error.cause)}\n`);
    return error.exitCode;
  }
  io.stderr.write(
    `Unexpected error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return EXIT.failed;
}
