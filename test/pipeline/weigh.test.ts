import { expect, test } from '@jest/globals';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { weightRows, weightsJson } from '../../pipeline/artifact/report.ts';
import { byFolder, byPackage, checkWeight, heaviest, type Part } from '../../pipeline/artifact/weigh.ts';
import { weighZips } from '../../pipeline/artifact/zip.ts';
import { ROOT } from '../rig/paths.ts';

const part = (id: string, files: Record<string, number>, kind: Part['kind'] = 'layer'): Part => ({
  id,
  kind,
  uri: id,
  files: Object.entries(files).map(([path, bytes]) => ({ path, bytes })),
  unzipped: Object.values(files).reduce((sum, bytes) => sum + bytes, 0),
});
const MB = 1_048_576;
const code = part('Function', { 'handler.mjs': 100_000 }, 'function');

test('250 MB is the last that passes', () => {
  expect(() => checkWeight([part('ModelLayer', { 'model.onnx': 250 * MB })])).not.toThrow();
  expect(() => checkWeight([part('ModelLayer', { 'model.onnx': 250 * MB }), code])).toThrow(
    expect.objectContaining({
      code: 'ARTIFACT_TOO_LARGE',
      exitCode: 1,
      trouble: expect.objectContaining({ where: 'ModelLayer: model.onnx 250.0 MB' }) as unknown,
    }),
  );
});

test('an unpruned runtime layer is told from a model that is too large', () => {
  const ort = 'nodejs/node_modules/onnxruntime-node/bin/napi-v6';
  const unpruned = part('RuntimeLayer', {
    [`${ort}/darwin/arm64/a.dylib`]: 90 * MB,
    [`${ort}/linux/x64/b.so`]: 100 * MB,
    [`${ort}/win32/x64/c.dll`]: 80 * MB,
  });
  try {
    checkWeight([part('ModelLayer', { 'model.onnx': 100 * MB }), unpruned]);
    throw new Error('it passed');
  } catch (error) {
    expect(error).toMatchObject({
      code: 'ARTIFACT_TOO_LARGE',
      trouble: { next: expect.stringContaining('ignore-scripts') as unknown },
    });
  }
  expect(heaviest(unpruned, byFolder)[0]).toEqual({ path: `${ort}/linux`, bytes: 100 * MB });
});

test('files count to the package that they are in', () => {
  const layer = part('RuntimeLayer', {
    'nodejs/node_modules/@img/sharp-linux-x64/lib/sharp.node': 3,
    'nodejs/node_modules/sharp/lib/index.js': 1,
    'nodejs/node_modules/sharp/node_modules/semver/index.js': 2,
    'nodejs/node_modules/@img/sharp-linux-x64/package.json': 4,
    'nodejs/package.json': 1,
  });
  expect(heaviest(layer, byPackage)).toEqual([
    { path: '@img/sharp-linux-x64', bytes: 7 },
    { path: 'semver', bytes: 2 },
    { path: 'sharp', bytes: 1 },
    { path: 'nodejs/package.json', bytes: 1 },
  ]);
});

test('the table ends with the sum that Lambda counts', () => {
  const parts = [
    { ...code, zipped: 40_000 },
    { ...part('ModelLayer', { 'model.onnx': 24 * MB, 'labels.txt': MB }), zipped: 20 * MB },
  ];
  expect(weightRows(parts)).toEqual([
    ['Function', '97.7 kB', '39.1 kB (0.08 % of 50.0 MB)', 'handler.mjs 97.7 kB'],
    ['ModelLayer', '25.0 MB', '20.0 MB', 'model.onnx 24.0 MB\nlabels.txt 1.0 MB'],
    ['together', '25.1 MB (10 % of 250.0 MB)', '', ''],
  ]);
  expect(weightsJson(parts)).toMatchObject({
    unzipped: { bytes: 100_000 + 25 * MB, limit: 250 * MB, share: (100_000 + 25 * MB) / (250 * MB) },
    functionZip: { bytes: 40_000, limit: 50 * MB },
  });
});

// Made by Python's zipfile with ZIP_DEFLATED from these two files.
const PYTHONS_ZIP = 44377;

test("a part's zip has as many bytes as Python's zipfile makes of it", async () => {
  const uri = 'fixtures/digits';
  const files = ['digits.onnx', 'golden.json'].map((path) => ({ path, bytes: statSync(join(ROOT, uri, path)).size }));
  const [weighed] = await weighZips(
    { buildDir: ROOT, parts: [{ id: 'ModelLayer', kind: 'layer', uri, files, unzipped: 0 }] },
    new AbortController().signal,
  );
  // Two builds of zlib may choose a few bytes differently.
  expect(Math.abs((weighed?.zipped ?? 0) / PYTHONS_ZIP - 1)).toBeLessThan(0.01);
});
