import { differences, parseAnswer } from './compare.ts';
import type { Tensor } from './zoo.ts';

const of = (data: Tensor['data'], datatype = 'FP32', shape = [data.length]): Tensor => ({
  name: 'y',
  shape,
  datatype,
  data,
});

test.each([
  ['within the tolerance', of([1.0005, 0]), of([1, 0.00005]), 0],
  ['beyond it', of([1.0012]), of([1]), 1],
  ['another kind', of([1], 'INT64'), of([1]), 1],
  ['half precision as float32', of([1]), of([1], 'FP16'), 0],
  ['another shape', of([1, 2], 'FP32', [1, 2]), of([1, 2]), 1],
  ['too few', { ...of([1]), shape: [2] }, of([1, 2]), 1],
  ['null', { ...of([1]), data: [null as never] }, of([1]), 1],
  ['other text', of(['a'], 'BYTES'), of(['b'], 'BYTES'), 1],
])('%s', (_, got, expected, count) => {
  expect(differences([got], [expected])).toHaveLength(count);
});

test('an output that is missing', () => expect(differences([], [of([1])])).toHaveLength(1));

test('integers beyond 2^53 are compared digit by digit', () => {
  const [got] = parseAnswer(
    '{"outputs":[{"name":"y","shape":[1],"datatype":"INT64","data":[9007199254740993]}]}',
  ).outputs;
  expect(differences([got as Tensor], [of(['9007199254740993'], 'INT64')])).toEqual([]);
  expect(differences([got as Tensor], [of(['9007199254740992'], 'INT64')])).toHaveLength(1);
});
