import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { printAnswer } from '../../harness/commands/print-answer.ts';
import { freshFolder } from '../cli/folders.ts';

const folder = freshFolder();
const bytes = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 256));
const picture = JSON.stringify({ image: bytes.toString('base64'), contentType: 'image/png', model: { name: 'm' } });

function printed(payload: string, output?: string, isTTY = false): string {
  const stdout = Object.assign(new PassThrough(), { isTTY });
  printAnswer(payload, output, { stdout, cwd: folder() });
  return String(stdout.read());
}

test('the bytes of a picture go to the file, and JSON says which', () => {
  const said = JSON.parse(printed(picture, 'a.png')) as object;
  expect(said).toEqual({ image: 'a.png', contentType: 'image/png', model: { name: 'm' } });
  expect(readFileSync(join(folder(), 'a.png')).equals(bytes)).toBe(true);
});

test('an answer without bytes goes to the file as it is', () => {
  const payload = '{"predictions":[]}';
  expect(printed(payload, 'a.json')).toBe(`${payload}\n`);
  expect(readFileSync(join(folder(), 'a.json'), 'utf8')).toBe(payload);
});

test('a pipe gets all of it, a terminal only how much there is', () => {
  expect(printed(picture)).toBe(`${picture}\n`);
  expect(JSON.parse(printed(picture, undefined, true))).toMatchObject({
    image: expect.stringContaining('1000 bytes') as string,
  });
  expect(printed('{"a":1}', undefined, true)).toBe('{"a":1}\n');
  expect(printed('no JSON', undefined, true)).toBe('no JSON\n');
});

test('a folder that is not there is told', () => {
  expect(() => printed(picture, 'gone/a.png')).toThrow(expect.objectContaining({ code: 'USAGE' }));
});
