// Runs the handler's own way from bytes to tensor for every case of fixtures/golden and prints how far each is from the reference.
// stdin: the path of cases.json; stdout: JSON, a row a case.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readPicture } from '../../src/pictures/picture.ts';
import type { Preprocessing } from '../../src/pictures/preprocessing.ts';
import { toTensor } from '../../src/pictures/tensor.ts';

export interface Case {
  picture: string;
  tensor: string;
  dims: number[];
  preprocessing: Preprocessing;
}

export interface Row extends Case {
  /** Of the handler's tensor. */
  got: number[];
  /** Mean and largest absolute difference, as a share of the range that bytes 0…255 span. */
  mean: number;
  largest: number;
  milliseconds: number;
}

const file = process.argv[2] ?? '';
const folder = dirname(file);
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];
const rows: Row[] = [];
for (const one of cases) {
  const bytes = readFileSync(join(folder, one.picture));
  const start = performance.now();
  const { preprocessing } = one;
  const { pixels } = await readPicture(bytes, 24, preprocessing);
  const { data, dims } = toTensor(pixels, { name: 'x', elementType: 'float32', dims: ['N'] }, preprocessing);
  const milliseconds = performance.now() - start;
  const reference = gunzipSync(readFileSync(join(folder, one.tensor)));
  const expected = new Float32Array(new Uint8Array(reference).buffer);
  const range = (255 * preprocessing.rescaleFactor) / Math.max(...preprocessing.std);
  const differences = Array.from(expected, (value, i) => Math.abs(value - (data[i] ?? NaN)) / range);
  const mean = differences.reduce((a, b) => a + b, 0) / differences.length;
  const largest = differences.reduce((a, b) => Math.max(a, b), 0);
  rows.push({ ...one, got: [...dims], mean, largest, milliseconds });
}
process.stdout.write(JSON.stringify(rows));
