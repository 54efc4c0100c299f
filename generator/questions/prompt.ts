import inquirer from 'inquirer';
import { Writable } from 'node:stream';
import { ToolError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Context } from './context.ts';
import type { Ask } from './collect.ts';
import { check, type Checked, type Question } from './question.ts';

const ENDED = Symbol('input ended');

/** Asks through inquirer on stderr, so that stdout stays for the answer. */
export function promptOn(io: Pick<Io, 'stdin' | 'stderr' | 'signal'>): Ask {
  return async (question, context) => {
    const stop = new AbortController();
    const abort = (): void => stop.abort(io.signal.reason);
    // A closed input settles no prompt; readline only pauses it (Ctrl-D), or it ends.
    let settled = false;
    const ended = (): unknown => setImmediate(() => !settled && stop.abort(ENDED));
    io.signal.addEventListener('abort', abort);
    for (const event of ['end', 'close', 'pause']) io.stdin.on(event, ended);
    try {
      if (io.stdin.readableEnded || io.stdin.destroyed) stop.abort(ENDED);
      return await put(question, context, io, stop.signal);
    } catch (error) {
      if (stop.signal.reason === ENDED)
        throw new ToolError('ANSWERS_MISSING', {
          what: 'The input ended before every question was answered.',
          where: question.message,
          next: 'create-onnx-lambda DIR --model FILE --yes',
        });
      if (error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError'))
        throw new ToolError('CANCELLED', { what: 'Cancelled; nothing was written.' }, { cause: error });
      throw error;
    } finally {
      settled = true;
      io.signal.removeEventListener('abort', abort);
      for (const event of ['end', 'close', 'pause']) io.stdin.off(event, ended);
    }
  };
}

async function put<Value>(
  question: Question<Value>,
  context: Context,
  io: Pick<Io, 'stdin' | 'stderr'>,
  signal: AbortSignal,
): Promise<Value | undefined> {
  const streams = { input: io.stdin, output: openEnded(io.stderr) as NodeJS.WriteStream, skipTTYChecks: true, signal };
  const prompt = inquirer.createPromptModule(streams);
  const fallback = question.fallback(context);
  const shown = fallback === undefined ? undefined : question.print(fallback);
  const name = 'answer';
  const { message } = question;
  const read = (text: string): Value | undefined => {
    if (text === '' && !question.required) return fallback;
    const checked = check(question, text, context);
    return 'value' in checked ? checked.value : undefined;
  };
  if (question.kind === 'confirm') {
    const { answer } = await prompt<{ answer: boolean }>([
      { type: 'confirm', name, message, default: fallback === true },
    ]);
    return read(answer ? 'yes' : 'no');
  }
  if (question.kind === 'choice') {
    const choices = Object.entries(question.choices ?? {})
      .map(([value, meaning]) => ({ value, name: `${value.padEnd(10)} ${meaning}`, short: value }))
      .filter(({ value }) => 'value' in check(question, value, context));
    const { answer } = await prompt<{ answer: string }>([{ type: 'select', name, message, choices, default: shown }]);
    return read(answer);
  }
  if (question.kind === 'several') {
    const chosen = shown?.split(',') ?? [];
    const choices = Object.entries(question.choices ?? {}).map(([value, meaning]) => ({
      value,
      name: `${value.padEnd(12)} ${meaning}`,
      short: value,
      checked: chosen.includes(value),
    }));
    const taken = (values: readonly string[]): Checked<Value> => check(question, values.join(','), context);
    const fine = (picked: readonly { readonly value: string }[]): boolean | string => {
      const checked = taken(picked.map(({ value }) => value));
      return 'value' in checked || `Expected ${checked.expected}`;
    };
    const { answer } = await prompt<{ answer: string[] }>([
      { type: 'checkbox', name, message, choices, validate: fine },
    ]);
    const checked = taken(answer);
    return 'value' in checked ? checked.value : undefined;
  }
  const validate = (text: string): boolean | string => {
    if (text === '' && !question.required) return true;
    const checked = check(question, text, context);
    return 'value' in checked || `Expected ${checked.expected}`;
  };
  const { answer } = await prompt<{ answer: string }>([
    { type: 'input', name, message, validate, ...(shown && { default: shown }) },
  ]);
  return read(answer);
}

/** A prompt ends its output when it is answered; the next one needs it still. */
function openEnded(output: Io['stderr']): Writable {
  const lasting = new Writable({ write: (chunk: Buffer, encoding, done) => void output.write(chunk, encoding, done) });
  return Object.assign(lasting, { isTTY: output.isTTY, columns: output.columns });
}
