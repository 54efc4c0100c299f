import { Command, Option } from 'commander';
import type { Io } from '../io.ts';
import { WISHES, type Wish } from '../update/plan.ts';
import { readFlags, type Flags } from './create-flags.ts';
import { onIo } from './on-io.ts';
import { addQuestionFlags } from './question-options.ts';

/** `onnx-lambda update`: a command line of its own, since its flags are those of the questions. */
export function updateProgram(io: Io, done: (code: number) => void): Command {
  const program = new Command('onnx-lambda update').description(
    'make the project anew from onnx-lambda.yaml, with a new model or other answers; edited files are kept',
  );
  addQuestionFlags(onIo(program, io), ['dir', 'git', 'install'])
    .addOption(
      new Option('--edited <what>', 'what becomes of files that were edited and would be another now').choices(WISHES),
    )
    .option('--accept-breaking', 'go on where clients of the API have to change')
    .option('-y, --yes', 'ask nothing: edited files are kept; in a terminal, a breaking change is accepted')
    .option('--dry-run', 'print what would be done, with differences; write nothing')
    .option('--json', 'as JSON on stdout')
    .action(async (flags: Flags) => {
      const { update } = await import('./update.ts');
      const { given, choose, dryRun, json } = readFlags(undefined, flags);
      const { edited } = flags as { edited?: Wish };
      const [yes, acceptBreaking] = [flags['yes'] === true, flags['acceptBreaking'] === true];
      done(await update({ given, choose, dryRun, json, edited, yes, acceptBreaking }, io));
    });
  return program;
}
