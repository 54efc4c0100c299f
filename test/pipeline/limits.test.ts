import { expect, test } from '@jest/globals';
import { checkLimits, limitViolations } from '../../pipeline/artifact/limits.ts';
import { checkWeight, heaviest, type Part } from '../../pipeline/artifact/weigh.ts';
import { weightRows } from '../../pipeline/artifact/report.ts';
import type { Template } from '../../pipeline/project.ts';

const template = (Properties: Record<string, unknown>, Globals = {}): Template => ({
  Globals: { Function: Globals },
  Resources: { Function: { Type: 'AWS::Serverless::Function', Properties } },
});

test.each([
  [{ Timeout: 901 }],
  [{ Timeout: 0 }],
  [{ EphemeralStorage: { Size: 11_000 } }],
  [{ MemorySize: 127 }],
  [{ Runtime: 'nodejs99.x' }],
  [{ Environment: { Variables: { A: 'x'.repeat(5_000) } } }],
])('%j is over a limit that cfn-lint may let pass', (properties) => {
  expect(limitViolations(template(properties))).toHaveLength(1);
  expect(limitViolations(template({}, properties))).toHaveLength(1);
  expect(() => checkLimits(template(properties), 'template.yaml')).toThrow(
    expect.objectContaining({ code: 'TEMPLATE_INVALID' }),
  );
});

test('what Lambda takes, and what only CloudFormation knows, passes', () => {
  const properties = {
    Timeout: 900,
    MemorySize: { Ref: 'MemorySize' },
    Runtime: 'nodejs24.x',
    EphemeralStorage: { Size: 512 },
  };
  expect(limitViolations(template(properties))).toEqual([]);
});

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
