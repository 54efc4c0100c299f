import { Command, Option } from 'commander';
import type { Io } from '../io.ts';
import { toolAt } from '../render/tool.ts';
import type { AnswerName } from '../questions/question.ts';
import { SHORTHANDS } from '../questions/stage-questions.ts';
import { ANSWER_NAMES, questions } from '../questions/table.ts';
import { readFlags, type Flags } from './create-flags.ts';
import { CHOICE_FLAGS } from './model-choice.ts';

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
    .argument('[dir]', questions.dir.message)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error:/, 'USAGE:')),
    });
  for (const name of ANSWER_NAMES) for (const option of optionsFor(name)) program.addOption(option);
  for (const { flag, message } of Object.values(SHORTHANDS)) program.addOption(new Option(flag, message));
  program
    .option('-y, --yes', HELP['yes'])
    .option('--dry-run', HELP['dryRun'])
    .option('--overwrite', HELP['overwrite'])
    .option('--json', HELP['json']);
  for (const [flag, help] of CHOICE_FLAGS) program.option(flag, help);
  program.action(async (dir: string | undefined, flags: Flags) => {
    const { create } = await import('./create.ts');
    done(await create(readFlags(dir, flags), io));
  });
  return program;
}

/** The flags of one question: a yes-no question has one for each answer. */
function optionsFor(name: AnswerName): Option[] {
  if (name === 'dir') return [];
  const { flag, negative, message, choices } = questions[name];
  const help = choices ? `${message}: ${Object.keys(choices).join(', ')}` : message;
  return negative === undefined
    ? [new Option(flag, help)]
    : [new Option(flag, help), new Option(negative, `do not: ${message.toLowerCase()}`)];
}
