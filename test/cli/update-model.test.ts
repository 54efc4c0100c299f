import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expected } from '../../generator/expected.ts';
import { classifier, type ClassifierOptions } from '../models/classifier.ts';
import { modelBytes } from '../models/proto.ts';
import { runBin } from '../rig/bins.ts';
import { DIGITS } from '../rig/digits.ts';
import { freshFolder, PLAIN_ENV, treeOf } from './folders.ts';

const folder = freshFolder();
const dir = () => join(folder(), 'my api');
const run = (bin: 'create' | 'project', cwd: string, ...args: string[]) =>
  runBin(bin, args, { cwd, env: PLAIN_ENV, extendEnv: false });
const writeModel = (file: string, options: ClassifierOptions) =>
  writeFileSync(join(folder(), file), modelBytes(classifier({ channels: 1, ...options })));
const readExpected = (): Expected =>
  JSON.parse(readFileSync(join(dir(), 'fixtures/expected.json'), 'utf8')) as Expected;

beforeEach(async () => {
  writeModel('old.onnx', { seed: 1 });
  writeFileSync(join(folder(), 'old.labels.txt'), 'abcdefghij'.split('').join('\n'));
  await run('create', folder(), 'my api', '--model', 'old.onnx', '--top', '3', '--yes', '--skip-install', '--no-git');
});

interface Said {
  readonly written: boolean;
  readonly changes: readonly { readonly kind: string; readonly at: string; readonly what: string }[];
  readonly files: readonly { readonly path: string; readonly action: string }[];
}

async function update(...flags: string[]) {
  const { exitCode, stdout, stderr } = await run('project', dir(), 'update', '--json', ...flags);
  return { exitCode, stderr, said: (stdout === '' ? {} : JSON.parse(stdout)) as Said };
}

const actions = ({ files }: Said): Record<string, string> =>
  Object.fromEntries(files.map(({ path, action }) => [path, action]));

test('a model that was trained anew brings its answers, and keeps settings, names and pictures', async () => {
  writeModel('new.onnx', { seed: 2 });
  const before = readExpected();
  const { said, exitCode } = await update('--model', '../new.onnx');
  expect([exitCode, said.changes]).toEqual([0, []]);
  expect(actions(said)).toEqual({
    'fixtures/expected.json': 'replace',
    'model/model.onnx': 'replace',
    'onnx-lambda.yaml': 'replace',
  });
  expect(readFileSync(join(dir(), 'model/model.onnx'))).toEqual(readFileSync(join(folder(), 'new.onnx')));
  const after = readExpected();
  expect(Object.keys(after.fixtures)).toEqual(Object.keys(before.fixtures));
  expect(after).not.toEqual(before);
  expect((await update()).said.files).toEqual([]);
  expect((await run('project', dir(), 'test')).exitCode).toBe(0);
});

test('pictures that were added by hand are asked about too', async () => {
  cpSync(join(DIGITS, 'six.png'), join(dir(), 'fixtures/mine.png'));
  const before = readExpected();
  const wrong = { path: '/predict', response: { predictions: [] } };
  const mine = { ...before, fixtures: { ...before.fixtures, 'mine.png': wrong } };
  writeFileSync(join(dir(), 'fixtures/expected.json'), JSON.stringify(mine));
  expect(actions((await update()).said)).toEqual({ 'fixtures/expected.json': 'keep' });
  await update('--edited', 'replace');
  expect(readExpected().fixtures['mine.png']?.response).toMatchObject({ predictions: { length: 3 } });
  expect(existsSync(join(dir(), 'fixtures/mine.png'))).toBe(true);
});

test('requests of one’s own keep the answers that were written by hand', async () => {
  const before = readExpected();
  cpSync(join(dir(), 'fixtures/tensors.json'), join(dir(), 'fixtures/own.json'));
  const own = { path: before.fixtures['tensors.json']?.path ?? '', response: { model_name: 'old' } };
  writeFileSync(
    join(dir(), 'fixtures/expected.json'),
    `${JSON.stringify({ ...before, fixtures: { ...before.fixtures, 'own.json': own } }, null, 2)}\n`,
  );
  writeModel('new.onnx', { seed: 2 });
  await update('--model', '../new.onnx', '--edited', 'replace');
  expect(readExpected().fixtures['own.json']).toEqual(own);
  expect((await run('project', dir(), 'test')).exitCode).toBe(0);
});

describe('a model of another signature', () => {
  beforeEach(() => writeModel('new.onnx', { size: { height: 48, width: 48 }, classes: 12 }));
  const flags = ['--model', '../new.onnx'];
  const breaking = [
    ['breaking', 'classes'],
    ['breaking', 'input image, dim 2'],
    ['breaking', 'input image, dim 3'],
    ['breaking', 'output scores, dim 1'],
  ];

  test.each([[[]], [['--yes']], [['--dry-run']]])(
    'is refused where nobody accepts it, with what breaks: %j',
    async (more) => {
      const before = treeOf(dir());
      const { said, exitCode, stderr } = await update(...flags, ...more);
      expect([exitCode, stderr.split(':')[0], said.written]).toEqual([2, 'SIGNATURE_BREAKS', false]);
      const broken = said.changes.filter(({ kind }) => kind === 'breaking').map(({ kind, at }) => [kind, at]);
      expect(broken.sort()).toEqual(breaking);
      expect(treeOf(dir())).toEqual(before);
    },
  );

  test('is taken where that is accepted', async () => {
    const { said, exitCode } = await update(...flags, '--accept-breaking');
    expect([exitCode, said.written]).toEqual([0, true]);
    expect(readFileSync(join(dir(), 'model/labels.txt'), 'utf8')).toMatch(/^class_0\n/);
    expect((await run('project', dir(), 'test')).exitCode).toBe(0);
    expect(await update()).toMatchObject({ exitCode: 0, said: { changes: [], files: [] } });
  });
});

test('a change of onnx-lambda.yaml that breaks clients is told too, since it is compared with what was emitted', async () => {
  const file = join(dir(), 'onnx-lambda.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('protocol: true', 'protocol: false'));
  const { exitCode, said } = await update();
  expect(exitCode).toBe(2);
  expect(said.changes).toMatchObject([{ kind: 'breaking', at: 'Open Inference Protocol', what: 'off' }]);
  await update('--accept-breaking');
  expect(readdirSync(join(dir(), 'fixtures'))).not.toContain('tensors.json');
});
