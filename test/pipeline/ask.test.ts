import { expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import type { Io } from '../../generator/io.ts';
import { canAsk, confirm, confirmByTyping } from '../../pipeline/print/ask.ts';

const terminal = (env: NodeJS.ProcessEnv = {}): { io: Io; type: (text: string) => void; cancel: () => void } => {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  stderr.resume();
  const controller = new AbortController();
  const io: Io = { stdin, stdout: new PassThrough(), stderr, env, cwd: '/', signal: controller.signal };
  return { io, type: (text) => void setTimeout(() => stdin.write(text), 50), cancel: () => controller.abort() };
};
const CANCELLED = expect.objectContaining({ code: 'CANCELLED', exitCode: 130 }) as unknown as Error;

test('yes goes on; no, nothing and Ctrl-C are 130', async () => {
  const yes = terminal();
  yes.type('y\n');
  await expect(confirm('Deploy?', yes.io)).resolves.toBeUndefined();
  for (const answer of ['n\n', '\n', '\x03']) {
    const no = terminal();
    no.type(answer);
    await expect(confirm('Deploy?', no.io)).rejects.toEqual(CANCELLED);
  }
});

test('a signal ends a question as well', async () => {
  const { io, cancel } = terminal();
  setTimeout(cancel, 50);
  await expect(confirm('Deploy?', io)).rejects.toEqual(CANCELLED);
});

test('prod is removed only after its name was typed', async () => {
  const right = terminal();
  right.type('api-prod\n');
  await expect(confirmByTyping('Remove?', 'api-prod', right.io)).resolves.toBeUndefined();
  const wrong = terminal();
  wrong.type('yes\n');
  await expect(confirmByTyping('Remove?', 'api-prod', wrong.io)).rejects.toEqual(CANCELLED);
});

test('nobody is asked in CI or without a terminal', () => {
  expect(canAsk(terminal().io)).toBe(true);
  expect(canAsk(terminal({ CI: 'true' }).io)).toBe(false);
  expect(canAsk({ ...terminal().io, stdin: new PassThrough() })).toBe(false);
});
