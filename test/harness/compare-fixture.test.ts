import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { compareFixture } from '../../harness/compare-fixture.ts';
import { freshFolder } from '../cli/folders.ts';

const folder = freshFolder();
const tolerance = { absolute: 1e-3, relative: 1e-3 };
const expected = { image: { kind: 'picture', file: 'expected/a.png', levels: 2 }, contentType: 'image/png' };

const png = (values: readonly number[], width = 2): ReturnType<typeof sharp> =>
  sharp(Uint8Array.from(values), { raw: { width, height: values.length / width / 3, channels: 3 } }).png();
const base = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120];

beforeEach(async () => {
  mkdirSync(join(folder(), 'fixtures/expected'), { recursive: true });
  await png(base).toFile(join(folder(), 'fixtures/expected/a.png'));
});

const compare = async (values: readonly number[] | string, contentType = 'image/png', width = 2): Promise<string> => {
  const image = typeof values === 'string' ? values : (await png(values, width).toBuffer()).toString('base64');
  return (await compareFixture(folder(), expected, { image, contentType, model: {} }, tolerance)).kind;
};

test.each<[string, () => Promise<string>, string]>([
  ['the same pixels', () => compare(base), 'same'],
  ['each off by 2', () => compare(base.map((value) => value + 2)), 'same'],
  ['one off by 3', () => compare(base.with(7, 83)), 'different'],
  ['another size', () => compare(base, 'image/png', 4), 'different'],
  ['fewer rows', () => compare(base.slice(0, 6)), 'different'],
  ['no picture', () => compare('AAAA'), 'different'],
  ['another field differs', () => compare(base, 'image/jpeg'), 'different'],
])('%s', async (_, answer, kind) => expect(await answer()).toBe(kind));

test('a field that is missing, and answers without pictures', async () => {
  const missing = { contentType: 'image/png' };
  expect((await compareFixture(folder(), expected, missing, tolerance)).kind).toBe('different');
  expect((await compareFixture(folder(), { a: [1, 2] }, { a: [1, 2] }, tolerance)).kind).toBe('same');
  expect((await compareFixture(folder(), { a: [1, 2] }, { a: [1, 3] }, tolerance)).kind).toBe('different');
  expect((await compareFixture(folder(), { a: 1 }, null, tolerance)).kind).toBe('different');
});
