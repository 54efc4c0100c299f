import type { Command } from 'commander';
import type { Io } from '../io.ts';

/** A command line that throws instead of exiting, and writes where it is told. */
export function onIo(program: Command, io: Pick<Io, 'stdout' | 'stderr'>): Command {
  return program.exitOverride().configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    outputError: (text, write) => write(text.replace(/^error:/, 'USAGE:')),
  });
}
