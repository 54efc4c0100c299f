// The oracle's preprocessing against the tensors that Pillow made, outside of Jest, where sharp runs. Prints a JSON list of
// { picture, max, mean } of the absolute differences, as a part of the range of the values.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { decode } from '../../../dist/generator/pictures/child/decode.js';
import { preprocess } from '../../../dist/generator/pictures/child/preprocess.js';

const golden = new URL('../../../fixtures/golden/', import.meta.url);
const read = (path) => readFileSync(new URL(path, golden));
const results = [];
for (const { picture, tensor, preprocessing } of JSON.parse(read('cases.json'))) {
  const bytes = gunzipSync(read(tensor));
  const expected = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const got = preprocess(await decode(read(picture)), preprocessing);
  const range = (255 * preprocessing.rescaleFactor) / Math.min(...preprocessing.std);
  let max = got.length === expected.length ? 0 : Infinity;
  let sum = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(expected[i] - got[i]) / range;
    max = Math.max(max, difference);
    sum += difference;
  }
  results.push({ picture, tensor, max, mean: sum / expected.length });
}
process.stdout.write(JSON.stringify(results));
