import fc from 'fast-check';
import { toColours } from '../src/pictures/colours.ts';
import { best, sigmoid, softmax } from '../src/scores.ts';
import type { Preprocessing } from '../src/pictures/preprocessing.ts';
import { toTensor } from '../src/pictures/tensor.ts';
import { threadsFor } from '../src/threads.ts';

const logits = fc.array(
  fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 100),
  { minLength: 1, maxLength: 50 },
);

test('softmax sums up to one, keeps the order, and does not care for a shift', () => {
  fc.assert(
    fc.property(logits, fc.integer({ min: -1000, max: 1000 }), (values, shift) => {
      const shares = softmax(values);
      expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      expect(shares.indexOf(Math.max(...shares))).toBe(values.indexOf(Math.max(...values)));
      softmax(values.map((value) => value + shift)).forEach((share, i) =>
        expect(share).toBeCloseTo(shares[i] ?? NaN, 6),
      );
    }),
  );
});

test('the best come first, equal ones by their label, and no more than asked for', () => {
  const labels = ['a', 'b', 'c', 'd'];
  expect(best([0.1, 0.4, 0.1, 0.4], 'probabilities', labels, 3)).toEqual([
    { className: 'b', probability: 0.4 },
    { className: 'd', probability: 0.4 },
    { className: 'a', probability: 0.1 },
  ]);
  expect(best(Float32Array.of(0, 0), 'logits', labels, 9)).toEqual([
    { className: 'a', probability: 0.5 },
    { className: 'b', probability: 0.5 },
  ]);
});

test('multi-label: every class has its own probability', () => {
  const labels = ['a', 'b', 'c'];
  expect(best([0, -1e4, 1e4], 'multi-label-logits', labels, 3)).toEqual([
    { className: 'c', probability: 1 },
    { className: 'a', probability: 0.5 },
    { className: 'b', probability: 0 },
  ]);
  expect(best([0.9, 1.0000001, 0.8], 'multi-label-probabilities', labels, 2)).toEqual([
    { className: 'b', probability: 1 },
    { className: 'a', probability: 0.9 },
  ]);
  fc.assert(
    fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (logit) => {
      expect(sigmoid(logit) + sigmoid(-logit)).toBeCloseTo(1, 12);
    }),
  );
});

test('probabilities that float arithmetic put outside 0…1 are put back', () => {
  expect(best([1.0000001, -1e-7], 'probabilities', ['a', 'b'], 2).map(({ probability }) => probability)).toEqual([
    1, 0,
  ]);
});

test.each([NaN, Infinity, -Infinity])('%p is refused wherever it stands', (bad) => {
  for (const kind of ['logits', 'probabilities', 'multi-label-logits', 'multi-label-probabilities'] as const) {
    for (const at of [0, 1, 2]) {
      const scores = [0.2, 0.3, 0.5].with(at, bad);
      expect(() => best(scores, kind, ['a', 'b', 'c'], 1)).toThrow(
        expect.objectContaining({ code: 'RESULT_NOT_FINITE' }),
      );
    }
  }
});

test('inks, light and luma are those of Pillow', () => {
  const one = (data: number[], wanted: 'RGB' | 'gray'): number[] => [
    ...toColours({ width: 1, height: 1, channels: data.length, data: Uint8Array.from(data) }, wanted).data,
  ];
  expect(one([0, 128, 255, 0], 'RGB')).toEqual([255, 127, 0]);
  expect(one([10, 20, 30, 100], 'RGB')).toEqual([149, 143, 137]);
  expect(one([77], 'RGB')).toEqual([77, 77, 77]);
  expect([one([255, 0, 0], 'gray'), one([0, 255, 0], 'gray'), one([0, 0, 255], 'gray')]).toEqual([[76], [150], [29]]);
  expect(one([255, 255, 255], 'gray')).toEqual([255]);
});

const preprocessing: Preprocessing = {
  width: 2,
  height: 1,
  resize: { kind: 'stretch' },
  resample: 'bilinear',
  colorOrder: 'RGB',
  layout: 'NCHW',
  rescaleFactor: 1,
  mean: [1, 2, 3],
  std: [1, 2, 4],
};
const pixels = { width: 2, height: 1, channels: 3, data: Uint8Array.of(11, 12, 13, 21, 22, 23) };
const float32 = { name: 'x', elementType: 'float32', dims: [null] } as const;

test('layouts and colour orders: mean and std follow the order of the tensor', () => {
  const of = (change: Partial<Preprocessing>): number[] => [
    ...toTensor(pixels, float32, { ...preprocessing, ...change }).data,
  ];
  expect(of({})).toEqual([10, 20, 5, 10, 2.5, 5]);
  expect(of({ layout: 'NHWC' })).toEqual([10, 5, 2.5, 20, 10, 5]);
  expect(of({ colorOrder: 'BGR' })).toEqual([12, 22, 5, 10, 2, 4.5]);
  expect(of({ colorOrder: 'BGR', layout: 'NHWC' })).toEqual([12, 5, 2, 22, 10, 4.5]);
});

test('dims and types: what the graph fixes is repeated, bytes are rounded and kept in range', () => {
  const batch = toTensor(pixels, { ...float32, dims: [3, 3, 1, 2] }, preprocessing);
  expect(batch.dims).toEqual([3, 3, 1, 2]);
  expect([...batch.data]).toEqual(Array(3).fill([10, 20, 5, 10, 2.5, 5]).flat());
  const bytes = toTensor(
    pixels,
    { ...float32, elementType: 'uint8' },
    { ...preprocessing, layout: 'NHWC', mean: [12, 12, 12], std: [1, 0.01, 4] },
  );
  expect(bytes).toEqual({ type: 'uint8', dims: [1, 1, 2, 3], data: Uint8Array.of(0, 0, 0, 9, 255, 3) });
  const middle = { ...preprocessing, mean: [15, 200, 0], std: [1, 1, 0.1] };
  expect(toTensor(pixels, { ...float32, elementType: 'int8' }, middle)).toEqual({
    type: 'int8',
    dims: [1, 3, 1, 2],
    data: Int8Array.of(-4, 6, -128, -128, 127, 127),
  });
  const thirds = { ...preprocessing, mean: [0, 0, 0], std: [3, 3, 3] };
  expect(toTensor(pixels, { ...float32, elementType: 'float64' }, thirds)).toEqual({
    type: 'float64',
    dims: [1, 3, 1, 2],
    data: Float64Array.from([11, 21, 12, 22, 13, 23], (value) => value / 3),
  });
  expect(() => toTensor(pixels, { ...float32, elementType: 'int16' }, preprocessing)).toThrow('int16');
});

test('a thread for each vCPU', () => {
  expect(['128', '1769', '2000', '3538', '10240'].map(threadsFor)).toEqual([1, 1, 1, 2, 6]);
  expect([undefined, '', 'x', '0'].map(threadsFor)).toEqual(Array(4).fill(undefined));
});
