import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentTypeOf, findFixture } from '../../harness/fixture-files.ts';
import { compareAnswer, readExpected, type Comparison } from '../../harness/fixtures.ts';
import { cleanUp, codeOf, sampleFolder } from './sample.ts';

afterEach(cleanUp);

const list = (...pairs: [string, number][]): { className: string; probability: number }[] =>
  pairs.map(([className, probability]) => ({ className, probability }));
const compare = (predictions: object[], answer: unknown, absolute: number): Comparison =>
  compareAnswer({ predictions }, answer, { absolute, relative: 0 });
const expected = list(['a', 0.6], ['b', 0.3], ['c', 0.1]);

test.each([
  ['itself', { predictions: expected }, 'same'],
  ['near enough', { predictions: list(['a', 0.6005], ['b', 0.2995], ['c', 0.1]) }, 'same'],
  ['too far', { predictions: list(['a', 0.602], ['b', 0.3], ['c', 0.1]) }, 'different'],
  ['another class', { predictions: list(['b', 0.6], ['a', 0.3], ['c', 0.1]) }, 'different'],
  ['one less', { predictions: list(['a', 0.6], ['b', 0.3]) }, 'different'],
  ['one more', { predictions: [...expected, ...list(['d', 0])] }, 'different'],
  ['null as a number', { predictions: [{ className: 'a', probability: null }, ...expected.slice(1)] }, 'different'],
  ['nothing', null, 'different'],
  ['an error', { message: 'no', code: 'NO' }, 'different'],
])('%s', (_, answer, kind) => expect(compare(expected, answer, 0.001).kind).toBe(kind));

test('classes that are as probable may change places, others may not', () => {
  const tied = list(['a', 0.4], ['b', 0.4], ['c', 0.2]);
  expect(compare(tied, { predictions: list(['b', 0.4], ['a', 0.4], ['c', 0.2]) }, 0.001).kind).toBe('same');
  expect(compare(tied, { predictions: list(['c', 0.4], ['a', 0.4], ['b', 0.2]) }, 0.001).kind).toBe('different');
  expect(compare(tied, { predictions: list(['b', 0.4], ['b', 0.4], ['c', 0.2]) }, 0.001).kind).toBe('different');
});

test('classes with the same name are told apart by their places only', () => {
  const twins = list(['a', 0.6], ['twin', 0.3], ['twin', 0.1]);
  expect(compare(twins, { predictions: twins }, 0.001)).toEqual({ kind: 'same', difference: 0 });
  const triplets = list(['twin', 0.6], ['twin', 0.3], ['twin', 0.1]);
  expect(compare(twins, { predictions: triplets }, 0.001).kind).toBe('different');
  expect(compare(twins, { predictions: list(['a', 0.6], ['a', 0.3], ['twin', 0.1]) }, 0.001).kind).toBe('different');
});

test('pairs of a label and percent are classes too', () => {
  const pairs = [
    ['a', 40],
    ['b', 40.0001],
    ['c', 20],
  ];
  const answer = (...items: unknown[]): string => compareAnswer(pairs, items, { absolute: 0.001, relative: 0 }).kind;
  expect(answer(['b', 40], ['a', 40], ['c', 20.05])).toBe('same');
  expect(answer(['c', 40], ['a', 40], ['b', 20])).toBe('different');
  expect(answer(['a', 40], ['b', 40], ['c', 20.2])).toBe('different');
  expect(answer(['a', '40'], ['b', 40], ['c', 20])).toBe('different');
});

test('law: an answer is the same as itself, and different once a probability moves by more than the tolerance', () => {
  const predictions = fc
    .uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 })
    .map((values) => values.sort((a, b) => b - a).map((probability, i) => ({ className: `c${i}`, probability })));
  fc.assert(
    fc.property(predictions, fc.nat(), (values, index) => {
      expect(compare(values, { predictions: values }, 1e-6)).toEqual({ kind: 'same', difference: 0 });
      const moved = values.map((value, i) =>
        i === index % values.length ? { ...value, probability: value.probability + 2e-6 } : value,
      );
      expect(compare(values, { predictions: moved }, 1e-6).kind).toBe('different');
    }),
  );
});

describe('any answer', () => {
  const tolerance = { absolute: 0.001, relative: 0.01 };
  const tensors = { outputs: [{ name: 'y', shape: [2], data: [100, -0.5] }] };
  test.each([
    ['itself', tensors, 'same'],
    ['more than was expected', { ...tensors, id: 'a' }, 'same'],
    ['within the relative tolerance', { outputs: [{ name: 'y', shape: [2], data: [100.9, -0.5] }] }, 'same'],
    ['beyond it', { outputs: [{ name: 'y', shape: [2], data: [101.1, -0.5] }] }, 'different'],
    ['another text', { outputs: [{ name: 'z', shape: [2], data: [100, -0.5] }] }, 'different'],
    ['one value less', { outputs: [{ name: 'y', shape: [2], data: [100] }] }, 'different'],
    ['a field less', { outputs: [{ name: 'y', data: [100, -0.5] }] }, 'different'],
    ['text for a number', { outputs: [{ name: 'y', shape: [2], data: ['100', -0.5] }] }, 'different'],
  ])('%s', (_, answer, kind) => expect(compareAnswer(tensors, answer, tolerance).kind).toBe(kind));
});

test('expected.json is refused where it is missing or not as it should be', async () => {
  const folder = sampleFolder();
  expect(await codeOf(() => readExpected(folder))).toBe('EXPECTED_INVALID');
  writeFileSync(join(folder, 'fixtures/expected.json'), '{"version":1,"tolerance":-1,"fixtures":{}}');
  expect(await codeOf(() => readExpected(folder))).toBe('EXPECTED_INVALID');
  const good = { version: 1, tolerance: 0.001, fixtures: { 'a.png': { predictions: expected } } };
  writeFileSync(join(folder, 'fixtures/expected.json'), JSON.stringify(good));
  const response = { predictions: expected };
  const now = {
    version: 2,
    tolerance: { absolute: 0.001, relative: 0 },
    fixtures: { 'a.png': { path: '/predict', response } },
  };
  expect(readExpected(folder)).toEqual(now);
  writeFileSync(join(folder, 'fixtures/expected.json'), JSON.stringify(now));
  expect(readExpected(folder)).toEqual(now);
});

test('a fixture is found by path, by name and without its ending', async () => {
  const folder = sampleFolder();
  const picture = join(folder, 'fixtures/seven.png');
  writeFileSync(picture, '');
  expect(findFixture(folder, folder, 'fixtures/seven.png')).toBe(picture);
  expect(findFixture(folder, '/', picture)).toBe(picture);
  expect(findFixture(folder, '/', 'seven.png')).toBe(picture);
  expect(findFixture(folder, '/', 'seven')).toBe(picture);
  expect(await codeOf(() => findFixture(folder, folder, 'eight'))).toBe('FIXTURE_NOT_FOUND');
  expect(await codeOf(() => findFixture(folder, folder, 'fixtures'))).toBe('FIXTURE_NOT_FOUND');
  expect([contentTypeOf('a.JPG'), contentTypeOf('a.webp'), contentTypeOf('a')]).toEqual([
    'image/jpeg',
    'image/webp',
    'application/octet-stream',
  ]);
});
