import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { Context } from '../../../generator/questions/context.ts';
import { promptOn } from '../../../generator/questions/prompt.ts';
import { questions } from '../../../generator/questions/table.ts';

const context: Context = { answers: { dir: 'my api' }, cwd: '/home/me', packageManager: 'npm' };
const ENTER = '\r';
const DOWN = '\u001b[B';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

function terminal() {
  const stdin = Object.assign(new PassThrough(), { isTTY: false });
  const stderr = new PassThrough();
  let seen = '';
  stderr.setEncoding('utf8').on('data', (text: string) => (seen += text));
  const cancel = new AbortController();
  const ask = promptOn({ stdin, stderr, signal: cancel.signal });
  /** Waits until the screen shows a text. */
  const shows = async (text: string): Promise<void> => {
    for (let i = 0; i < 200 && !stripVTControlCharacters(seen).includes(text); i++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(stripVTControlCharacters(seen)).toContain(text);
  };
  return { stdin, ask, shows, cancel };
}

test('a text: the default is shown and Enter takes it', async () => {
  const { stdin, ask, shows } = terminal();
  const answer = ask(questions.name, context);
  await shows('(my-api)');
  stdin.write(ENTER);
  expect(await answer).toBe('my-api');
});

test('a wrong text is not taken; the next one is', async () => {
  const { stdin, ask, shows } = terminal();
  const answer = ask(questions.memory, context);
  await shows('Memory');
  stdin.write(`64${ENTER}`);
  await shows('128 to 10240');
  stdin.write(`\u007f\u007f512${ENTER}`);
  expect(await answer).toBe(512);
});

test('a choice', async () => {
  const { stdin, ask, shows } = terminal();
  const answer = ask(questions.architecture, context);
  await shows('Graviton');
  stdin.write(DOWN);
  stdin.write(ENTER);
  expect(await answer).toBe('x86_64');
});

test('several: what is preset is checked', async () => {
  const { ask, shows, stdin } = terminal();
  const triggers = ask(questions.triggers, context);
  await shows('❯◉ rest-api');
  stdin.write(' ');
  await shows('❯◯ rest-api');
  stdin.write(ENTER);
  expect(await triggers).toEqual([]);
});

test('yes or no', async () => {
  const { stdin, ask, shows } = terminal();
  const answer = ask(questions.git, context);
  await shows('(Y/n)');
  stdin.write(`n${ENTER}`);
  expect(await answer).toBe(false);
});

test('an answer that may be left out', async () => {
  const { stdin, ask, shows } = terminal();
  const answer = ask(questions.labels, context);
  await shows('class names');
  stdin.write(ENTER);
  expect(await answer).toBeUndefined();
});

test('one question after the other on the same input', async () => {
  const { stdin, ask, shows } = terminal();
  const first = ask(questions.name, context);
  await shows('Name');
  stdin.write(ENTER);
  await first;
  const second = ask(questions.description, context);
  await shows('Description');
  stdin.write(`mine${ENTER}`);
  expect(await second).toMatch(/mine$/);
});

test('Ctrl-C cancels', async () => {
  const { stdin, ask, shows } = terminal();
  const answer = ask(questions.name, context);
  await shows('Name');
  stdin.write(CTRL_C);
  await expect(answer).rejects.toMatchObject({ code: 'CANCELLED', exitCode: 130 });
});

test('SIGINT cancels', async () => {
  const { ask, shows, cancel } = terminal();
  const answer = ask(questions.name, context);
  await shows('Name');
  cancel.abort();
  await expect(answer).rejects.toMatchObject({ code: 'CANCELLED', exitCode: 130 });
});

test.each([
  ['ends', (stdin: PassThrough) => stdin.end()],
  ['ends in the middle of a word', (stdin: PassThrough) => stdin.end('my-na')],
  ['is closed by Ctrl-D', (stdin: PassThrough) => stdin.write(CTRL_D)],
  ['is torn down', (stdin: PassThrough) => stdin.destroy()],
])('input that %s is refused', async (_, end) => {
  const { stdin, ask, shows } = terminal();
  const answer = ask(questions.name, context);
  await shows('Name');
  end(stdin);
  await expect(answer).rejects.toMatchObject({ code: 'ANSWERS_MISSING', exitCode: 2 });
});

test('input that has ended before the question is refused', async () => {
  const { stdin, ask } = terminal();
  stdin.end();
  stdin.resume();
  await new Promise((resolve) => stdin.once('close', resolve));
  await expect(ask(questions.name, context)).rejects.toMatchObject({ code: 'ANSWERS_MISSING' });
});
