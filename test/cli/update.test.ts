import { execa } from 'execa';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identity } from '../models/identity.ts';
import { modelBytes } from '../models/proto.ts';
import { runBin } from '../rig/bins.ts';
import { ROOT } from '../rig/paths.ts';
import { freshFolder, PLAIN_ENV, QUICK, treeOf } from './folders.ts';

const folder = freshFolder();
const dir = () => join(folder(), 'my api');
const at = (path: string) => join(dir(), path);
const read = (path: string) => readFileSync(at(path), 'utf8');
const edit = (path: string, text: string) => appendFileSync(at(path), text);

/** Made once for all tests that ask for nothing else. */
let plain: string;
beforeAll(async () => {
  plain = mkdtempSync(join(tmpdir(), 'update '));
  await runBin('create', ['my api', ...QUICK], { cwd: plain, env: PLAIN_ENV, extendEnv: false });
});
afterAll(() => rmSync(plain, { recursive: true, force: true }));

async function create(...flags: string[]): Promise<void> {
  if (flags.length === 0) cpSync(plain, folder(), { recursive: true });
  else await runBin('create', ['my api', ...QUICK, ...flags], { cwd: folder(), env: PLAIN_ENV, extendEnv: false });
}
const update = (...flags: string[]) =>
  runBin('project', ['update', ...flags], { cwd: dir(), env: PLAIN_ENV, extendEnv: false });

interface Said {
  readonly files: readonly { path: string; action: string; why?: string; diff?: string }[];
}

/** What an update did, by path. */
async function did(...flags: string[]): Promise<Record<string, string>> {
  const { exitCode, stdout, stderr } = await update('--json', ...flags);
  expect([exitCode, exitCode === 0 ? '' : stderr]).toEqual([0, '']);
  return Object.fromEntries((JSON.parse(stdout) as Said).files.map(({ path, action, why }) => [path, why ?? action]));
}

/** What is refused or fails leaves everything as it was. */
async function expectRefused(code: string, ...flags: string[]): Promise<void> {
  const before = treeOf(folder());
  const { exitCode, stderr } = await update(...flags);
  expect({ exitCode, code: stderr.split(':')[0] }).toEqual({ exitCode: 2, code });
  expect(treeOf(folder())).toEqual(before);
}

test('right after create there is nothing to update, whatever was answered', async () => {
  // prettier-ignore
  await create('--name', 'numbers', '--description', ': # !Sub ${}', '--model-version', '2.1', '--resize', 'pad', '--fill', '7', '--top', '3',
    '--rescale-factor', '1/127.5', '--mean', '1', '--std', '2', '--memory', '512', '--architecture', 'x86_64', '--megapixels', '12.5',
    '--auth', 'dev=none,prod=api-key', '--account', '123456789012', '--region', 'prod=eu-central-1', '--package-manager', 'yarn',
    '--no-open-inference-protocol');
  const before = treeOf(dir());
  const { exitCode, stdout } = await update();
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Nothing to update.' });
  expect(treeOf(dir())).toEqual(before);
});

test('an answer that changes is in every file that it concerns, and a second update has nothing to do', async () => {
  await create();
  const dry = await did('--memory', '512', '--dry-run');
  expect(read('onnx-lambda.yaml')).toContain('memory: 1769');
  expect(await did('--memory', '512')).toEqual(dry);
  expect(dry).toMatchObject({ 'onnx-lambda.yaml': 'replace', 'template.yaml': 'replace' });
  expect(read('template.yaml')).toContain('Default: 512');
  expect(await did()).toEqual({});
});

test('an answer that was changed in onnx-lambda.yaml counts like a flag, and its comments stay', async () => {
  await create();
  writeFileSync(at('onnx-lambda.yaml'), read('onnx-lambda.yaml').replace('memory: 1769', 'memory: 256 # enough'));
  expect(await did()).toMatchObject({ 'template.yaml': 'replace' });
  await did('--timeout', '10');
  expect(read('onnx-lambda.yaml')).toContain('memory: 256 # enough\n  timeout: 10\n');
});

describe('an edited file', () => {
  const memory = ['--memory', '512'];
  beforeEach(async () => {
    await create();
    edit('template.yaml', '# mine\n');
    edit('src/handler.ts', '// mine\n');
    edit('src/customize.ts', '// mine\n');
  });

  test('is kept, and the difference is shown', async () => {
    const before = read('template.yaml');
    const { stdout } = await update(...memory);
    expect(stdout).toMatch(/^ {4}-# mine$/m);
    expect(stdout).toMatch(/^ {4}\+ {4}Default: 512$/m);
    expect(read('template.yaml')).toBe(before);
    expect(await did(...memory)).toMatchObject({ 'template.yaml': 'edited', 'src/handler.ts': 'nothing-new' });
  });

  test('is merged on request, now or later', async () => {
    await did(...memory);
    expect(await did('--edited', 'merge')).toMatchObject({ 'template.yaml': 'merge', 'src/handler.ts': 'nothing-new' });
    expect(read('template.yaml')).toMatch(/Default: 512[^]*# mine\n$/);
    expect(await did()).toMatchObject({ 'template.yaml': 'nothing-new' });
  });

  test('with both edits in one place has both between marks, and the exit code says so', async () => {
    writeFileSync(at('template.yaml'), read('template.yaml').replace('Default: 1769', 'Default: 1111'));
    const { exitCode } = await update(...memory, '--edited', 'merge');
    expect(exitCode).toBe(1);
    expect(read('template.yaml')).toMatch(/<<<<<<< yours\n +Default: 1111\n=======\n +Default: 512\n>>>>>>> update\n/);
    expect(read('template.yaml')).toContain('# mine\n');
  });

  test('is replaced on request; customize.ts never', async () => {
    await did(...memory, '--edited', 'replace');
    expect(read('template.yaml') + read('src/handler.ts')).not.toContain('mine');
    expect(read('src/customize.ts')).toContain('// mine');
  });

  test('whose line endings git changed is not edited', async () => {
    writeFileSync(at('README.md'), read('README.md').replaceAll('\n', '\r\n'));
    expect(await did(...memory)).toMatchObject({ 'README.md': 'replace' });
  });

  test('is a file that was removed: it stays away', async () => {
    rmSync(at('README.md'));
    expect(await did(...memory)).toMatchObject({ 'README.md': 'removed' });
    expect(await did('--edited', 'replace')).toMatchObject({ 'README.md': 'add' });
  });

  test('is a link, which is never written through', async () => {
    renameSync(at('README.md'), join(folder(), 'elsewhere.md'));
    symlinkSync(join(folder(), 'elsewhere.md'), at('README.md'));
    renameSync(at('events'), join(folder(), 'events'));
    symlinkSync(join(folder(), 'events'), at('events'));
    expect(await did(...memory, '--edited', 'replace')).toMatchObject({ 'README.md': 'link' });
  });
});

describe('another task', () => {
  test('brings its files and takes those of the other, but for edited ones', async () => {
    await create();
    edit('src/pictures/resample.ts', '// mine\n');
    const files = await did('--task', 'tensor', '--accept-breaking');
    expect(files).toMatchObject({
      'src/task.ts': 'replace',
      'src/tasks/image-classification/task.ts': 'delete',
      'src/pictures/resample.ts': 'not-emitted',
      'model/labels.txt': 'delete',
      'events/predict.json': 'delete',
      'events/infer.json': 'add',
    });
    const left = Object.keys(treeOf(dir()));
    expect(left).not.toContain('src/tasks/image-classification');
    expect(left).toContain('src/pictures/resample.ts');
  });
});

describe('refused, and nothing is written', () => {
  test('where there is no project', async () => {
    mkdirSync(dir());
    await expectRefused('NOT_A_PROJECT');
  });

  test.each([
    ['broken', (text: string) => text.replace('name:', 'name'), 'YAML_INVALID'],
    ['empty', () => '', 'BLUEPRINT_INVALID'],
    ['not valid', (text: string) => text.replace('memory: 1769', 'memory: much'), 'BLUEPRINT_INVALID'],
    ['of a newer version', (text: string) => text.replace('version: 3', 'version: 99'), 'BLUEPRINT_TOO_NEW'],
  ])('an onnx-lambda.yaml that is %s', async (_, change, code) => {
    await create();
    writeFileSync(at('onnx-lambda.yaml'), change(read('onnx-lambda.yaml')));
    await expectRefused(code);
  });

  test('a record with the marks of a merge', async () => {
    await create();
    writeFileSync(at('onnx-lambda.lock'), `<<<<<<< HEAD\n${read('onnx-lambda.lock')}`);
    await expectRefused('RECORD_INVALID');
  });

  test('a model that is another file now, until it is taken as the new one', async () => {
    await create();
    writeFileSync(at('model/model.onnx'), modelBytes(identity({ x: { elementType: 'string', dims: [2] } })));
    await expectRefused('MODEL_CHANGED');
    await expectRefused('TASK_DOES_NOT_FIT', '--model', 'model/model.onnx');
  });

  test('flags that mean nothing', async () => {
    await create('--task', 'tensor');
    await expectRefused('ANSWER_INVALID', '--top', '3');
    await expectRefused('ANSWER_INVALID', '--memory', '1');
    await expectRefused('USAGE', '--bogus');
    await expectRefused('USAGE', '--edited', 'perhaps');
  });

  test('a folder without the right to write', async () => {
    await create();
    const run = {
      cwd: dir(),
      env: PLAIN_ENV,
      extendEnv: false,
      ...(process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}),
    };
    chmodSync(folder(), 0o755);
    for (const readOnly of [dir(), at('src')]) {
      chmodSync(readOnly, 0o555);
      const before = treeOf(dir());
      const { exitCode, stderr } = await runBin('project', ['update', '--top', '3'], run);
      expect({ exitCode, code: stderr.split(':')[0] }).toEqual({ exitCode: 2, code: 'TARGET_NOT_WRITABLE' });
      expect(treeOf(dir())).toEqual(before);
      chmodSync(readOnly, 0o755);
    }
  });
});

test.each([200, 500, 800, 1000, 1200, 1500])('Ctrl-C after %i ms leaves all or nothing', async (delay) => {
  await create();
  edit('template.yaml', '# mine\n');
  const before = treeOf(folder());
  const child = execa(
    process.execPath,
    [`${ROOT}bin/onnx-lambda.mjs`, 'update', '--memory', '512', '--edited', 'merge'],
    {
      cwd: dir(),
      env: PLAIN_ENV,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
    },
  );
  setTimeout(() => child.kill('SIGINT'), delay);
  const { exitCode, signal } = await child;
  if (exitCode === 0) return; // It was faster.
  expect(signal ?? exitCode).toBe(signal === undefined ? 130 : 'SIGINT');
  expect(treeOf(folder())).toEqual(before);
});

test('packages to install anew are said, and only then', async () => {
  await create();
  expect((await update('--memory', '1024')).stderr).not.toContain('npm install');
  expect((await update('--package-manager', 'pnpm')).stderr).toContain('pnpm install');
  expect(read('package.json')).not.toEqual(readFileSync(join(plain, 'my api/package.json'), 'utf8'));
});
