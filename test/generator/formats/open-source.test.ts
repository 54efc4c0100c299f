import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openSource } from '../../../generator/formats/open-source.ts';
import type { Source, SourceOptions } from '../../../generator/formats/source.ts';
import { readModel } from '../../../generator/model/read.ts';
import { classifier } from '../../models/classifier.ts';
import { external } from '../../models/external.ts';
import { Folder } from '../../models/files.ts';
import { repository } from '../../models/places.ts';
import { modelBytes } from '../../models/proto.ts';
import { writeTar } from './write-tar.ts';
import { writeZip } from './write-zip.ts';

const folder = new Folder();
const tempRoot = join(folder.path, 'temporary');
mkdirSync(tempRoot);
afterAll(() => folder.dispose());

const DIGITS = readFileSync(repository('fixtures/digits/digits.onnx'));
const OTHER = modelBytes(classifier());

type Files = Readonly<Record<string, Uint8Array | string>>;
const items = (files: Files) => Object.entries(files).map(([name, data]) => ({ name, data }));

let count = 0;
function asFolder(files: Files): string {
  const root = join(folder.path, `folder-${++count}`);
  for (const [name, data] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), data);
  }
  return root;
}

/** The same files in each wrapper; the names of the archives say nothing. */
const WRAPPERS: Readonly<Record<string, (files: Files) => string>> = {
  folder: asFolder,
  zip: (files) => folder.file('packed', writeZip(items(files))),
  tar: (files) => folder.file('packed', writeTar(items(files))),
  'tar.gz': (files) => folder.file('packed', gzipSync(writeTar(items(files)))),
};

async function using<Result>(where: string, options: SourceOptions, use: (source: Source) => Result): Promise<Result> {
  const source = await openSource(where, { tempRoot, ...options });
  try {
    return await use(source);
  } finally {
    await source.dispose();
  }
}

interface Found {
  readonly kind: string;
  readonly model: Buffer;
  readonly sides: Readonly<Record<string, string>>;
}

async function found({ kind, modelFile, sideFiles }: Source): Promise<Found> {
  await readModel(modelFile);
  const root = dirname(modelFile);
  const sides = Object.fromEntries(sideFiles.map(({ role, path, text }) => [relative(root, path), `${role}: ${text}`]));
  return { kind, model: readFileSync(modelFile), sides };
}

const CONFIG = '{"id2label": {"0": "no"}}';
const VARIANTS = {
  'README.md': 'x',
  'config.json': CONFIG,
  'preprocessor_config.json': '{}',
  'onnx/model_quantized.onnx': OTHER,
  'onnx/model.onnx': DIGITS,
  'onnx/model_fp16.onnx': OTHER,
};
const TRITON = {
  'digits/config.pbtxt': 'name: "digits"\noutput [ { name: "y" label_filename: "names.txt" } ]\n',
  'digits/names.txt': 'zero',
  'digits/2/model.onnx': OTHER,
  'digits/10/model.onnx': DIGITS,
  'digits/011/model.onnx': OTHER,
  'digits/readme/model.txt': 'x',
};
const TORCHSERVE = {
  'MAR-INF/MANIFEST.json': '{"model": {"modelName": "digits", "serializedFile": "net.onnx", "handler": "h.py"}}',
  'net.onnx': DIGITS,
  'index_to_name.json': '{"0": "zero"}',
  'h.py': 'raise SystemExit',
};
const MMS = {
  'MAR-INF/MANIFEST.json': '{"runtime": "python", "model": {"modelName": "digits", "handler": "h:handle"}}',
  'digits.onnx': DIGITS,
  'signature.json': '{"inputs": []}',
  'synset.txt': 'zero',
};
const SAGEMAKER = {
  './._model.onnx': 'AppleDouble',
  './export/1/model.onnx': DIGITS,
  './export/1/._model.onnx': 'AppleDouble',
  './code/inference.py': 'raise SystemExit',
  './code/test.onnx': OTHER,
  './code/labels.txt': 'zero',
};

const LAID_OUT: readonly (readonly [name: string, files: Files, kind: string, sides: Found['sides']])[] = [
  ['one model', { 'a/b/any.onnx': DIGITS, 'a/b/any.labels.txt': 'zero' }, 'files', { 'any.labels.txt': 'labels: zero' }],
  ['precisions', { 'net_quantized.onnx': OTHER, 'net.onnx': DIGITS }, 'files', {}],
  ['Hugging Face', VARIANTS, 'hugging-face', { '../preprocessor_config.json': 'preprocessor: {}', '../config.json': `config: ${CONFIG}` }],
  ['Triton', TRITON, 'triton', { '../names.txt': 'labels: zero' }],
  ['TorchServe', TORCHSERVE, 'torchserve', { 'index_to_name.json': 'labels: {"0": "zero"}' }],
  ['Multi Model Server', MMS, 'multi-model-server', { 'signature.json': 'signature: {"inputs": []}', 'synset.txt': 'labels: zero' }],
  ['SageMaker', SAGEMAKER, 'sagemaker', { '../../code/labels.txt': 'labels: zero' }],
]; // prettier-ignore

describe.each(Object.entries(WRAPPERS))('%s', (_, wrap) => {
  test.each(LAID_OUT)('%s', async (_name, files, kind, sides) => {
    expect(await using(wrap(files), {}, found)).toEqual({ kind, model: DIGITS, sides });
    expect(readdirSync(tempRoot)).toEqual([]);
  });

  test('weights in a file of their own come along, what else lies there does not', async () => {
    const { model, data } = external(classifier(), 'weights/w.bin');
    const bytes = modelBytes(model);
    const where = wrap({ 'm/net.onnx': bytes, 'm/weights/w.bin': data, 'm/weights/more.bin': 'x', 'big.bin': 'x' });
    const out = await using(where, {}, async ({ modelFile }) => ({
      weights: (await readModel(modelFile)).externalData,
      unpacked: readdirSync(tempRoot, { recursive: true }).filter((path) => String(path).endsWith('.bin')).length,
    }));
    expect(out).toEqual({ weights: ['weights/w.bin'], unpacked: where.includes('folder-') ? 0 : 1 });
  });

  test('two models are named, and one is asked for', async () => {
    const where = wrap({ 'a/encoder.onnx': OTHER, 'b/decoder.onnx': DIGITS, 'b/odd': DIGITS });
    await expect(openSource(where, { tempRoot })).rejects.toMatchObject({
      code: 'MODEL_AMBIGUOUS',
      trouble: { what: expect.stringMatching(/a\/encoder\.onnx, b\/decoder\.onnx/) as string, next: expect.stringMatching(/^--model-file /) as string },
    }); // prettier-ignore
    for (const file of ['b/decoder.onnx', './b/decoder.onnx', 'decoder.onnx', 'b/odd']) {
      expect((await using(where, { file }, found)).model).toEqual(DIGITS);
    }
    await expect(openSource(where, { tempRoot, file: 'c.onnx' })).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });

  test('a version of Triton that is asked for, and one that is not there', async () => {
    const where = wrap(TRITON);
    expect((await using(where, { version: 2 }, found)).model).toEqual(Buffer.from(OTHER));
    await expect(openSource(where, { tempRoot, version: 3 })).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });

  test.each<[string, string, Files, SourceOptions]>([
    ['two entries of a Triton repository', 'MODEL_AMBIGUOUS', { ...TRITON, 'b/config.pbtxt': '', 'b/1/model.onnx': OTHER }, {}],
    ['no model', 'MODEL_NOT_FOUND', { 'readme.txt': 'x' }, {}],
    ['a TorchServe archive of another model', 'MODEL_NOT_FOUND', { ...TORCHSERVE, 'net.onnx': 'x', 'MAR-INF/MANIFEST.json': '{"model": {"serializedFile": "m.pt"}}', }, { file: 'm.pt' }],
    ['a version where there are none', 'USAGE', { 'model.onnx': DIGITS }, { version: 1 }],
  ])('%s: %s', async (_name, code, files, options) => {
    await expect(openSource(wrap(files), { tempRoot, ...options })).rejects.toMatchObject({ code });
    expect(readdirSync(tempRoot)).toEqual([]);
  }); // prettier-ignore

  test('aborted: the reason comes back, and nothing is left', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(openSource(wrap(VARIANTS), { tempRoot, signal })).rejects.toThrow('enough');
    expect(readdirSync(tempRoot)).toEqual([]);
  });
});

test('a model file, whatever it is called; dispose leaves it alone', async () => {
  const file = folder.file('model.zip', DIGITS);
  expect(await using(file, {}, found)).toEqual({ kind: 'onnx', model: DIGITS, sides: {} });
  expect(existsSync(file)).toBe(true);
  await expect(openSource(file, { file: 'model.onnx' })).rejects.toMatchObject({ code: 'USAGE' });
});

test('a link to a model counts, links that lead in circles do no harm', async () => {
  const root = asFolder({ 'blob': DIGITS, 'snapshot/config.json': CONFIG }); // prettier-ignore
  symlinkSync('../blob', join(root, 'snapshot/model.onnx'));
  symlinkSync('..', join(root, 'snapshot/circle'));
  symlinkSync('nowhere', join(root, 'snapshot/gone.onnx'));
  expect((await using(root, {}, found)).model).toEqual(DIGITS);
});

test.each([
  ['nothing there', () => join(folder.path, 'nowhere'), 'MODEL_NOT_FOUND'],
  ['a device', () => '/dev/null', 'MODEL_UNREADABLE'],
  ['a zero byte', () => 'a\0b', 'MODEL_NOT_FOUND'],
  ['PyTorch, which is a zip', () => folder.file('p', writeZip(items({ 'm/data.pkl': 'x', 'm/version': '3' }))), 'MODEL_IS_PICKLE'],
  ['an empty zip', () => folder.file('p', writeZip([])), 'MODEL_NOT_FOUND'],
])('%s: %s', async (_, where, code) => {
  await expect(openSource(where(), { tempRoot })).rejects.toMatchObject({ code });
}); // prettier-ignore

test('aborted while a large file is unpacked: nothing is left', async () => {
  const noise = Buffer.from(Array.from({ length: 1 << 20 }, (_, i) => (i * i * 31) >> 7));
  for (const wrap of [WRAPPERS['zip'], WRAPPERS['tar.gz']]) {
    const where = wrap?.({ 'model.onnx': Buffer.concat(Array<Buffer>(24).fill(noise)) }) ?? '';
    const controller = new AbortController();
    const opening = openSource(where, { tempRoot, signal: controller.signal });
    const watch = setInterval(() => {
      if (readdirSync(tempRoot).length > 0) controller.abort(new Error('enough'));
    });
    await expect(opening).rejects.toThrow('enough').finally(() => clearInterval(watch)); // prettier-ignore
    expect(readdirSync(tempRoot)).toEqual([]);
  }
});
