import inquirer from 'inquirer';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';

/** Whether somebody is there to answer. */
export const canAsk = (io: Io): boolean => Boolean(io.stdin.isTTY && io.stderr.isTTY && !io.env['CI']);

const prompts = (io: Io): ReturnType<typeof inquirer.createPromptModule> =>
  inquirer.createPromptModule({ input: io.stdin, output: io.stderr, signal: io.signal });

/** Ctrl-C at a question is a cancel, not a failure. */
async function answered<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name)) throw cancelled();
    throw error;
  }
}

const cancelled = (): ToolError => new ToolError('CANCELLED', { what: 'Cancelled.' });

/** Goes on only after a yes. @throws ToolError CANCELLED */
export async function confirm(message: string, io: Io): Promise<void> {
  const { yes } = await answered(prompts(io)([{ type: 'confirm', name: 'yes', message, default: false }]));
  if (yes !== true) throw cancelled();
}

/** A yes or a no, where both go on. */
export async function choose(message: string, io: Io): Promise<boolean> {
  const { yes } = await answered(prompts(io)([{ type: 'confirm', name: 'yes', message, default: false }]));
  return yes === true;
}

/** Goes on only after `word` was typed. @throws ToolError CANCELLED */
export async function confirmByTyping(message: string, word: string, io: Io): Promise<void> {
  const { typed } = await answered(
    prompts(io)([{ type: 'input', name: 'typed', message: `${message} Type ${word}:` }]),
  );
  if (String(typed).trim() !== word) throw cancelled();
}
