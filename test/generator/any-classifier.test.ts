import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { classifier, type ClassifierOptions } from '../models/classifier.ts';
import { external } from '../models/external.ts';
import { Folder } from '../models/files.ts';
import { mobileNetV2 } from '../models/mobilenetv2.ts';
import { repository } from '../models/places.ts';
import { modelBytes } from '../models/proto.ts';

// Classifiers of many kinds become projects, and the built handler answers as the generator's own run of the model did:
// two preprocessings that were written apart, on pictures that are easy to get wrong.

const folder = new Folder();
afterAll(() => folder.dispose());

const run = promisify(execFile);
const PICTURES = ['rgb.jpg', 'rgba.png', 'upright-6.jpg', 'cmyk-adobe.jpg', 'gray-16.png', 'lossy.webp'];

const KINDS: readonly (readonly [string, ClassifierOptions])[] = [
  [
    'N×H×W×C half precision, any batch',
    { layout: 'NHWC', elementType: 'float16', batch: 'N', scores: 'probabilities' },
  ],
  ['bytes, gray, 3 in a batch, N×K×1×1', { elementType: 'uint8', channels: 1, batch: 3, head: 'NK11' }],
  ['N×H×W×C of open size', { layout: 'NHWC', size: 'dynamic', batch: 'N', classes: 3 }],
  ['not square, gray, N×H×W×C', { layout: 'NHWC', channels: 1, size: { width: 40, height: 24 }, classes: 2 }],
];

/** Makes a project with the real bin, tests it with the other one. */
async function scaffoldAndTest(name: string, model: string): Promise<{ passed: number; failed: number }> {
  const project = join(folder.path, name);
  const pictures = PICTURES.map((picture) => repository(`fixtures/golden/pictures/${picture}`));
  const flags = ['--yes', '--skip-install', '--no-git', '--name', 'any-classifier', '--pictures', ...pictures];
  await run(process.execPath, [repository('bin/create-onnx-lambda.mjs'), project, '--model', model, ...flags]);
  const { stdout } = await run(process.execPath, [repository('bin/onnx-lambda.mjs'), 'test', '--json'], { cwd: project });
  const { passed, failed } = JSON.parse(stdout) as { passed: number; failed: number };
  return { passed, failed };
} // prettier-ignore

/** Larger tensors are no sample. */
const pictures = { passed: PICTURES.length, failed: 0 };
/** The pictures, and one request of tensors. */
const all = { passed: PICTURES.length + 1, failed: 0 };

test.each(KINDS)('%s', async (name, options) => {
  const model = folder.model(`${name}.onnx`, classifier({ seed: 9, ...options }));
  expect(await scaffoldAndTest(name, model)).toEqual(options.size === 'dynamic' ? pictures : all);
});

test('weights beside a half-precision model are copied with it', async () => {
  const moved = external(classifier({ elementType: 'float16' }), 'model.data');
  folder.file('model.data', moved.data);
  expect(await scaffoldAndTest('external', folder.file('external.onnx', modelBytes(moved.model)))).toEqual(all);
  expect(readdirSync(join(folder.path, 'external', 'model')).sort()).toEqual([
    'labels.txt',
    'model.data',
    'model.onnx',
  ]);
});

test('a MobileNetV2', async () => {
  expect(await scaffoldAndTest('mobilenet', folder.model('mobilenet.onnx', mobileNetV2()))).toEqual(pictures);
});
