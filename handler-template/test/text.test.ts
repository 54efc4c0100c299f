import fc from 'fast-check';
import type { Model } from '../src/spec.ts';
import { normalised, pool, type Pooling } from '../src/tasks/text-embedding/pooling.ts';
import { stringsReader } from '../src/text/strings.ts';

/** Three tokens of two numbers, and one more that is padding; before them another text's. */
const tokens = { data: Float32Array.of(99, 99, 1, -2, 3, 4, 5, -5, 77, 77), from: 2, count: 3, width: 2 };

test.each<[Pooling, number[]]>([
  ['none', [1, -2]],
  ['cls', [1, -2]],
  ['last', [5, -5]],
  ['max', [5, 4]],
  ['mean', [3, -1]],
  // (1·1 + 2·3 + 3·5) / 6 and (1·−2 + 2·4 + 3·−5) / 6
  ['weighted-mean', [22 / 6, -9 / 6]],
  ['sqrt-mean', [9 / Math.sqrt(3), -3 / Math.sqrt(3)]],
])('%s of the vectors of a text, without its neighbours and its padding', (pooling, expected) => {
  const vector = pool(pooling, tokens);
  expected.forEach((value, i) => expect(vector[i]).toBeCloseTo(value, 12));
  expect(vector).toHaveLength(2);
});

test.each<Pooling>(['mean', 'cls', 'last', 'max', 'weighted-mean', 'sqrt-mean'])(
  'a text without tokens has a vector of zeros: %s',
  (pooling) => expect([...normalised(pool(pooling, { ...tokens, count: 0 }))]).toEqual([0, 0]),
);

test('law: a normalised vector has length 1 and the same direction', () => {
  const vector = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(vector, (values) => {
      fc.pre(Math.hypot(...values) > 1e-6);
      const length = Math.hypot(...values);
      const unit = normalised(Float64Array.from(values));
      expect(Math.hypot(...unit)).toBeCloseTo(1, 9);
      unit.forEach((x, i) => expect(x * length).toBeCloseTo(values[i] ?? NaN, 5));
    }),
  );
});

test.each<[dims: (number | string)[], rows: number[], data: string[]]>([
  [['N'], [2], ['a', 'b']],
  [['N', 1], [2, 1], ['a', 'b']],
  [[3, 1], [3, 1], ['a', 'b', '']],
])('texts as they are, in the shape that the graph has: %j', (dims, shape, data) => {
  const model = { inputs: [{ name: 'x', elementType: 'string', dims }] } as unknown as Model;
  const { feeds, readings } = stringsReader({ kind: 'strings', input: 'x' }, model).read(['a', 'b']);
  expect(feeds.get('x')).toEqual({ type: 'string', data, dims: shape });
  expect(readings).toEqual([{}, {}]);
});
