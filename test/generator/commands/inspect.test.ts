import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classifier } from '../../models/classifier.ts';
import { BROKEN } from '../../models/broken.ts';
import { Folder } from '../../models/files.ts';
import { repository } from '../../models/places.ts';
import { graph, model, node, value } from '../../models/proto.ts';
import { writeZip } from '../formats/write-zip.ts';

const folder = new Folder();
afterAll(() => folder.dispose());

function inspect(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [repository('bin/onnx-lambda.mjs'), 'inspect', ...args], { encoding: 'utf8' });
}

test('--json: one object on stdout, nothing else anywhere', () => {
  const { status, stdout, stderr } = inspect(repository('fixtures/digits/digits.onnx'), '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const answer = JSON.parse(stdout) as Record<string, unknown>;
  expect(Object.keys(answer)).toEqual([
    'version', 'file', 'externalData', 'bytes', 'externalBytes', 'sha256', 'graphName', 'producer', 'irVersion', 'opsets',
    'parameters', 'operators', 'inputs', 'outputs', 'otherValues', 'unknownRank', 'initializersAsInputs', 'readInside',
    'metadata', 'classNames', 'madeBy', 'mendings', 'served', 'member', 'source', 'signature', 'trial', 'task', 'misfit', 'sizes',
    'answer', 'memory',
  ]); // prettier-ignore
  expect(answer).toMatchObject({
    version: 1,
    inputs: [{ name: 'input', elementType: 'float32', dims: ['N', 1, 32, 32] }],
    mendings: [],
    trial: { inputs: { input: [1, 1, 32, 32] }, outputs: { logits: { dims: [1, 10], sumsToOne: false } } },
    task: {
      settings: { kind: 'image-classification', classes: 10, scores: 'logits' },
      reasons: { mean: { source: 'metadata' }, resample: { source: 'default' } },
      labels: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
    },
    misfit: null,
    file: repository('fixtures/digits/digits.onnx'),
    member: null,
    source: 'onnx',
    signature: { outputs: [{ name: 'logits', elementType: 'float32', dims: ['N', 10] }] },
    sizes: { x86_64: { model: 46_204, fits: true }, arm64: { model: 46_204, fits: true } },
    answer: { elements: { logits: 10 }, open: true },
  });
  const { memory, trial } = answer as {
    memory: { atLeast: number; recommended: number };
    trial: { peakBytes: number };
  };
  expect(memory.atLeast * 1_048_576).toBeGreaterThan(trial.peakBytes);
  expect(memory.recommended).toBeGreaterThanOrEqual(memory.atLeast);
});

test('for people: signature, operators, what will be mended, the task and why', () => {
  const file = folder.model('half.onnx', classifier({ elementType: 'float16', metadata: { author: 'a\u001b[31mb' } }));
  const { status, stdout, stderr } = inspect(file);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const words of [
    '1 × 3 × 32 × 32',
    'float16',
    'Conv 1',
    'float16-boundary',
    'image-classification',
    'Gemm',
    'float32 1 × 10',
    '% of 250.0 MB',
    'is one processor',
  ]) {
    expect(stdout).toContain(words);
  }
  // Anybody's metadata doesn't paint somebody's terminal.
  expect(stdout).not.toContain('\u001b[31m');
});

test('a model that fits no other task is one of tensors', () => {
  const main = graph({
    inputs: [value('x', 'float32', ['N', 4])],
    outputs: [value('y', 'float32', ['N', 4])],
    nodes: [node('Relu', ['x'], ['y'])],
  });
  const { status, stdout } = inspect(folder.model('vector.onnx', model(main)), '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    task: { settings: { kind: 'tensor' } },
    misfit: null,
    trial: { outputs: { y: { dims: [1, 4] } } },
  });
});

test('--no-run leaves the run out', () => {
  const { status, stdout } = inspect(folder.model('m.onnx', classifier()), '--json', '--no-run');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ trial: null, task: { settings: { classes: 10 } } });
});

test.each(BROKEN.slice(0, 6))('$name: exit 2, the code on stderr, nothing on stdout', ({ name, code, bytes }) => {
  const { status, stdout, stderr } = inspect(folder.file(`${name}.onnx`, bytes), '--json');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.startsWith(`${code}: `)).toBe(true);
});

describe('archives and folders', () => {
  const zip = (...names: string[]): string =>
    folder.file(
      'model.zip',
      writeZip(names.map((name) => ({ name, data: readFileSync(repository('fixtures/digits/digits.onnx')) }))),
    );

  test('a zip is looked into, and the note says where the model was', () => {
    const { status, stdout, stderr } = inspect(zip('a/digits.onnx'), '--json', '--no-run');
    expect(status).toBe(0);
    expect(stderr).toContain('a/digits.onnx');
    expect(JSON.parse(stdout)).toMatchObject({
      file: join(folder.path, 'model.zip'),
      member: 'a/digits.onnx',
      source: 'files',
    });
  });

  test('of a folder the file is the model in it', () => {
    const place = repository('fixtures/digits');
    const { stdout } = inspect(place, '--json', '--no-run');
    expect(JSON.parse(stdout)).toMatchObject({ file: join(place, 'digits.onnx'), member: null });
  });

  test('two models: exit 2, until one is chosen', () => {
    const file = zip('a.onnx', 'b.onnx');
    expect(inspect(file)).toMatchObject({ status: 2, stderr: expect.stringContaining('MODEL_AMBIGUOUS') as string });
    expect(inspect(file, '--no-run', '--model-file', 'b.onnx').status).toBe(0);
    expect(inspect(file, '--triton-version', '0')).toMatchObject({ status: 2, stderr: expect.stringContaining('USAGE') as string });
  }); // prettier-ignore
});
