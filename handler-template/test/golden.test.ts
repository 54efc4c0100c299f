import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Case, Row } from './child/tensors.ts';
import { bundle, NODE_PATH } from './support/bundle.mjs';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const file = here('../../fixtures/golden/cases.json');
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];

const folder = mkdtempSync(join(tmpdir(), 'onnx-lambda-golden-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** By the tensor's file name, which is unique. */
const rows = new Map<string, Row>();
beforeAll(async () => {
  const script = join(folder, 'tensors.mjs');
  await bundle(here('child/tensors.ts'), script);
  const env = { ...process.env, NODE_PATH };
  const { stdout } = await promisify(execFile)(process.execPath, [script, file], { env, maxBuffer: 2 ** 24 });
  for (const row of JSON.parse(stdout) as Row[]) rows.set(row.tensor, row);
});

/** What the contract allows, and what is really reached where both sides decode to the same bytes (float32 rounding is left). */
const ALLOWED = 0.01;
const REACHED = 1e-6;

test.each(cases.map((one) => ({ ...one, ...one.preprocessing, kind: one.preprocessing.resize.kind })))(
  '$picture: $kind $resample $colorOrder $layout $width×$height',
  ({ tensor, dims }) => {
    const row = rows.get(tensor);
    expect(row?.got).toEqual(dims);
    expect(row?.mean).toBeLessThan(ALLOWED);
    expect(row?.largest).toBeLessThan(REACHED);
  },
);

test('the cases cover what they are for', () => {
  const seen = (key: 'resample' | 'colorOrder' | 'layout'): string[] =>
    [...new Set(cases.map(({ preprocessing }) => preprocessing[key]))].sort();
  expect(seen('resample')).toEqual(['bicubic', 'bilinear', 'lanczos', 'nearest']);
  expect(seen('colorOrder')).toEqual(['BGR', 'RGB', 'gray']);
  expect(seen('layout')).toEqual(['NCHW', 'NHWC']);
  expect(new Set(cases.map(({ picture }) => picture)).size).toBe(48);
});
