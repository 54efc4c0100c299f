import { expect, test } from '@jest/globals';
import { checkWeight, heaviest, type Part } from '../../pipeline/artifact/weigh.ts';
import { weightRows } from '../../pipeline/artifact/report.ts';

const part = (id: string, files: Record<string, number>, kind: Part['kind'] = 'layer'): Part => ({
  id,
  kind,
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
  expect(heaviest(unpruned)[0]).toEqual({ path: `${ort}/linux`, bytes: 100 * MB });
});

test('the table ends with the sum that Lambda counts', () => {
  const rows = weightRows([{ ...code, zipped: 40_000 }, part('ModelLayer', { 'model.onnx': 25 * MB })]);
  expect(rows[0]).toEqual(['Function', 'function', '97.7 kB', '39.1 kB (0.08 % of 50.0 MB)']);
  expect(rows.at(-1)?.[2]).toBe('25.1 MB (10 % of 250.0 MB)');
});
