// Runs models outside of Jest. Takes a JSON file with a list of { file, feeds }, a feed being { type, dims, data }; prints for each model
// its outputs as { name: { type, dims, data } }, or { error }.
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const ARRAYS = {
  float32: Float32Array, float64: Float64Array, int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array,
  int32: Int32Array, uint32: Uint32Array, int64: BigInt64Array, uint64: BigUint64Array, bool: Uint8Array,
}; // prettier-ignore

function tensor({ type, dims, data }) {
  if (type === 'string') return new Tensor(type, data, dims);
  const big = type === 'int64' || type === 'uint64';
  return new Tensor(type, ARRAYS[type].from(data, big ? BigInt : Number), dims);
}

const plain = (value) => (typeof value === 'bigint' ? Number(value) : value);

const answers = [];
for (const { file, feeds } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  try {
    const session = await InferenceSession.create(file, { logSeverityLevel: 4 });
    const results = await session.run(Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, tensor(feed)])));
    const outputs = Object.entries(results).map(([name, { type, dims, data }]) => [name, { type, dims, data: Array.from(data, plain) }]);
    answers.push(Object.fromEntries(outputs));
  } catch (error) {
    answers.push({ error: error.message });
  }
} // prettier-ignore
process.stdout.write(JSON.stringify(answers));
