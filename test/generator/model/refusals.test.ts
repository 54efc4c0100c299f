import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { mendModel } from '../../../generator/model/mend.ts';
import { probeModel } from '../../../generator/model/probe.ts';
import { readModel } from '../../../generator/model/read.ts';
import { BROKEN, UNLOADABLE } from '../../models/broken.ts';
import { classifier } from '../../models/classifier.ts';
import { external } from '../../models/external.ts';
import { Folder } from '../../models/files.ts';
import { here } from '../../models/places.ts';

const folder = new Folder();
afterAll(() => folder.dispose());

test.each(BROKEN)('$name: $code', async ({ name, code, bytes }) => {
  const file = folder.file(`${name}.onnx`, bytes);
  await expect(readModel(file)).rejects.toMatchObject({ name: 'ToolError', code, trouble: { where: file } });
});

test.each(UNLOADABLE)('$name: $code', async ({ name, code, bytes }) => {
  const spec = await readModel(folder.file(`${name}.onnx`, bytes));
  await expect(probeModel({ spec, mended: await mendModel(spec) })).rejects.toMatchObject({ code });
});

test.each([
  ['a custom operator is named', 'custom operator', /com\.example:Mine/],
  [
    'all custom operators are named, once',
    'custom operators',
    /: com\.example:Mine, com\.example:Yours, org\.other:Mine\./,
  ],
  ['a SavedModel', 'saved model', /SavedModel/],
  ['a Keras model', 'keras 3', /Keras/],
  ['a Core ML model', 'core ml', /Core ML/],
  ['the weights of a language model', 'gguf', /GGUF/],
  ['the IR version and the newest one', 'IR version 14', /14.*\b13\b/],
  ['the opset and the newest one', 'opset 27', /27.*\b26\b/],
])('%s', async (_, name, what) => {
  const { bytes } = BROKEN.find((one) => one.name === name) as (typeof BROKEN)[number];
  await expect(readModel(folder.file('named.onnx', bytes))).rejects.toMatchObject({
    trouble: { what: expect.stringMatching(what) as string },
  });
});

test.each([
  ['no file', () => join(folder.path, 'nowhere.onnx'), 'MODEL_NOT_FOUND'],
  ['a file as a folder', () => join(folder.file('plain', 'x'), 'model.onnx'), 'MODEL_NOT_FOUND'],
  ['a zero byte', () => 'a\0b.onnx', 'MODEL_NOT_FOUND'],
  ['a name too long', () => join(folder.path, 'x'.repeat(300)), 'MODEL_NOT_FOUND'],
  ['a folder', () => folder.path, 'MODEL_UNREADABLE'],
  ['a device', () => '/dev/null', 'MODEL_UNREADABLE'],
  ['a link to itself', () => loop(), 'MODEL_UNREADABLE'],
])('%s: %s', async (_, path, code) => {
  await expect(readModel(path())).rejects.toMatchObject({ code });
});

test('a file that this user may not read', () => {
  const file = folder.model('private.onnx', classifier());
  chmodSync(folder.path, 0o755);
  chmodSync(file, 0);
  const { stdout } = spawnSync(process.execPath, [here('read-as-nobody.mjs', import.meta.url), file], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('MODEL_UNREADABLE');
});

function loop(): string {
  const path = join(folder.path, 'loop.onnx');
  symlinkSync(path, path);
  return path;
}

describe('external data', () => {
  const bytes = new Uint8Array(10_000);
  const refused = async (location: string, code: string): Promise<void> => {
    const file = folder.model('model.onnx', external(classifier(), location).model);
    await expect(readModel(file)).rejects.toMatchObject({ code });
  };

  test('beside the model', async () => {
    const { model, data } = external(classifier(), 'weights/model.data');
    mkdirSync(join(folder.path, 'weights'));
    folder.file('weights/model.data', data);
    const spec = await readModel(folder.model('good.onnx', model));
    expect(spec).toMatchObject({ externalData: ['weights/model.data'], externalBytes: data.length });
    await expect(probeModel({ spec, mended: await mendModel(spec) })).resolves.toMatchObject({
      outputs: { scores: { dims: [1, 10] } },
    });
  });

  test('missing, and named', async () => {
    const file = folder.model('model.onnx', external(classifier(), 'gone.data').model);
    await expect(readModel(file)).rejects.toMatchObject({
      code: 'MODEL_EXTERNAL_DATA_MISSING',
      trouble: { what: expect.stringContaining('gone.data') as string },
    });
  });
  test('without a name', () => refused('', 'MODEL_EXTERNAL_DATA_MISSING'));
  test('at an absolute path', () => refused('/etc/passwd', 'MODEL_EXTERNAL_DATA_OUTSIDE'));
  test('at an absolute path of Windows', () => refused('C:\\weights.data', 'MODEL_EXTERNAL_DATA_OUTSIDE'));
  test('above the folder', () => refused('../weights.data', 'MODEL_EXTERNAL_DATA_OUTSIDE'));
  test('above the folder by a detour', () => refused('a/../../weights.data', 'MODEL_EXTERNAL_DATA_OUTSIDE'));
  test('above the folder, as Windows writes it', () => refused('..\\weights.data', 'MODEL_EXTERNAL_DATA_OUTSIDE'));
  test('through a link', async () => {
    const other = new Folder();
    symlinkSync(other.file('target.data', bytes), join(folder.path, 'link.data'));
    await refused('link.data', 'MODEL_EXTERNAL_DATA_OUTSIDE');
    other.dispose();
  });
  test('a Git LFS pointer', async () => {
    folder.file('lfs.data', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n');
    await refused('lfs.data', 'MODEL_IS_LFS_POINTER');
  });
  test('cut short', async () => {
    folder.file('short.data', bytes.subarray(0, 2000));
    await refused('short.data', 'MODEL_TRUNCATED');
  });
});
