import { Command } from 'commander';
import type { Io } from '../io.ts';
import { toolAt } from '../render/tool.ts';
import { questions } from '../questions/table.ts';
import { readFlags, type Flags } from './create-flags.ts';
import { recipesHelp } from '../recipes/answers.ts';
import { RECIPES } from '../recipes/table.ts';
import { onIo } from './on-io.ts';
import { addQuestionFlags } from './question-options.ts';

const HELP: Readonly<Partial<Record<string, string>>> = {
  yes: 'ask nothing, take the defaults',
  dryRun: 'print the files that would be written, write nothing',
  overwrite: 'into a folder that is not empty: replace the files of the project, keep the others',
  json: 'a summary as JSON on stdout',
};

/** `create-onnx-lambda DIR`: every question of the table is a flag; the command's module is loaded when it runs. */
export function createProgram(io: Io, done: (code: number) => void): Command {
  const program = new Command('create-onnx-lambda')
    .description('Turns an ONNX model file into a tested, deployable inference service on AWS Lambda')
    .version(toolAt().version)
    .argument('[dir]', questions.dir.message);
  addQuestionFlags(onIo(program, io))
    .option('--recipe <name>', `answers for a kind of deployment, listed below: ${Object.keys(RECIPES).join(', ')}`)
    .addHelpText('after', recipesHelp)
    .option('-y, --yes', HELP['yes'])
    .option('--dry-run', HELP['dryRun'])
    .option('--overwrite', HELP['overwrite'])
    .option('--json', HELP['json'])
    .action(async (dir: string | undefined, flags: Flags) => {
      const { create } = await import('./create.ts');
      done(await create(readFlags(dir, flags), io));
    });
  return program;
}
