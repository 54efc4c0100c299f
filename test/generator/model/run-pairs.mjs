// Runs pairs of models, one of them mended, on the same numbers, outside of Jest. Takes a JSON file with a list of
// { original, mended, dims, seed }; prints for each pair the shapes and the largest difference of the outputs, relative to what is above 1.
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const fromHalf = (bits) => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  if (exponent === 31) return mantissa ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1024 + mantissa) * 2 ** (exponent - 25));
};
/** Numbers that half precision holds exactly: multiples of 1/64 between -8 and 8. */
const numbers = (length, seed) =>
  Array.from({ length }, (_, i) => (((Math.imul(i + 1, 7919 + seed * 2) >>> 3) % 1025) - 512) / 64);
const toHalf = (value) => {
  for (let bits = 0; bits < 0x7c00; bits++)
    if (fromHalf(bits) === Math.abs(value)) return value < 0 ? bits | 0x8000 : bits;
  throw new Error(`${value} is no half`);
};
const halves = new Map();
const half = (value) => halves.get(value) ?? halves.set(value, toHalf(value)).get(value);
const values = (tensor) => {
  if (tensor.type !== 'float16') return Array.from(tensor.data, Number);
  return tensor.data instanceof Uint16Array ? Array.from(tensor.data, fromHalf) : Array.from(tensor.data);
};
const halfTensor = (data, dims) => {
  const Half = globalThis.Float16Array;
  return new Tensor('float16', Half ? Half.from(data) : Uint16Array.from(data, half), dims);
};

const results = [];
for (const { original, mended, dims, seed } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const data = numbers(
    dims.reduce((a, b) => a * b, 1),
    seed,
  );
  const [a, b] = await Promise.all(
    [original, mended].map((file) => InferenceSession.create(file, { logSeverityLevel: 4 })),
  );
  const name = a.inputNames[0];
  const before = await a.run({ [name]: halfTensor(data, dims) });
  const after = await b.run({ [name]: new Tensor('float32', Float32Array.from(data), dims) });
  results.push({
    names: [a.inputNames, b.inputNames, a.outputNames, b.outputNames].map((names) => names.join()),
    types: [...new Set(Object.values(after).map(({ type }) => type))],
    sameShapes: a.outputNames.every((key) => before[key].dims.join() === after[key].dims.join()),
    largest: Math.max(
      ...a.outputNames.flatMap((key) => {
        const other = values(after[key]);
        return values(before[key]).map((value, i) => Math.abs(value - other[i]) / Math.max(1, Math.abs(value)));
      }),
    ),
  });
}
process.stdout.write(JSON.stringify(results));
