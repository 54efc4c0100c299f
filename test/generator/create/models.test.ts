import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBin } from '../../rig/bins.ts';
import { DIGITS } from '../../rig/digits.ts';
import { classifier, type ClassifierOptions } from '../../models/classifier.ts';
import { external } from '../../models/external.ts';
import { mobileNetV2 } from '../../models/mobilenetv2.ts';
import { modelBytes } from '../../models/proto.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'create models '));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Makes a project for a model and lets its built handler answer the fixtures: what was expected came from the model itself. */
async function createdAndTested(bytes: Uint8Array, flags: readonly string[] = []): Promise<void> {
  writeFileSync(join(root, 'model.onnx'), bytes);
  const args = ['api', '--model', 'model.onnx', '--yes', '--skip-install', '--no-git', ...flags];
  const made = await runBin('create', args, { cwd: root });
  expect([made.exitCode, made.exitCode === 0 ? '' : made.stderr]).toEqual([0, '']);
  const tested = await runBin('project', ['test', '--json'], { cwd: join(root, 'api') });
  expect([tested.exitCode, tested.exitCode === 0 ? '' : `${tested.stdout}${tested.stderr}`]).toEqual([0, '']);
}

// prettier-ignore
const MODELS: readonly (readonly [string, ClassifierOptions, readonly string[]])[] = [
  ['float32 N×C×H×W, logits', {}, []],
  ['N×H×W×C bytes, probabilities', { layout: 'NHWC', elementType: 'uint8', scores: 'probabilities' }, []],
  ['float16, gray, a batch of 4', { elementType: 'float16', channels: 1, batch: 4 }, []],
  ['open batch and size, wide pictures', { batch: 'N', size: 'dynamic' }, ['--size', '60x40', '--resize', 'pad', '--fill', '114']],
  ['BGR, cropped', { size: { height: 64, width: 96 } }, ['--color-order', 'BGR', '--resize', 'crop', '--shortest-edge', '100', '--resample', 'bicubic']],
  ['a head of N×K×1×1, two classes', { head: 'NK11', classes: 2 }, ['--rescale-factor', '1/127.5', '--mean', '1,1,1', '--std', '1,1,1']],
];

test.each(MODELS)('%s: the service answers as the model does', async (_, options, flags) => {
  await createdAndTested(modelBytes(classifier(options)), flags);
  await createdAndTested(modelBytes(classifier(options)), ['--overwrite', '--pictures', DIGITS, ...flags]);
});

test('MobileNetV2’s shape with 1000 classes', async () => {
  await createdAndTested(modelBytes(mobileNetV2()));
});

test('weights in a file beside the model come along', async () => {
  const { model, data } = external(classifier(), 'weights.bin');
  writeFileSync(join(root, 'weights.bin'), data);
  await createdAndTested(modelBytes(model));
  expect(readFileSync(join(root, 'api/model/weights.bin'))).toEqual(Buffer.from(data));
});
