import { Option, type Command } from 'commander';
import type { AnswerName } from '../questions/question.ts';
import { SHORTHANDS } from '../questions/stage-questions.ts';
import { ANSWER_NAMES, questions } from '../questions/table.ts';
import { CHOICE_FLAGS } from './model-choice.ts';

/** Every question of the table as a flag, but for those that are left out. */
export function addQuestionFlags(program: Command, leftOut: readonly AnswerName[] = []): Command {
  for (const name of ANSWER_NAMES)
    if (!leftOut.includes(name)) for (const option of optionsFor(name)) program.addOption(option);
  for (const { flag, message } of Object.values(SHORTHANDS)) program.addOption(new Option(flag, message));
  for (const [flag, help] of CHOICE_FLAGS) program.option(flag, help);
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
