import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../models/places.ts';
import { runBin } from '../rig/bins.ts';
import { freshFolder, MODEL, PLAIN_ENV, QUICK, treeOf } from './folders.ts';

const folder = freshFolder();

/** What is refused exits with 2 and its code on stderr, says nothing on stdout and writes nothing. */
async function expectRefused(
  args: readonly string[],
  code: string,
  as: { uid?: number; gid?: number } = {},
): Promise<string> {
  const before = treeOf(folder());
  const { exitCode, stdout, stderr } = await runBin('create', args, {
    cwd: folder(),
    env: PLAIN_ENV,
    extendEnv: false,
    ...as,
  });
  expect({ exitCode, stdout, code: stderr.split(':')[0] }).toEqual({ exitCode: 2, stdout: '', code });
  expect(treeOf(folder())).toEqual(before);
  return stderr;
}

describe('names', () => {
  test.each([';rm', '$(id)', '../x', '-rf', 'a\nb', 'a'.repeat(129)])('--name %j', async (name) => {
    await expectRefused(['api', ...QUICK, '--name', name], 'ANSWER_INVALID');
  });
  test.each([';rm', '$(id)', 'a\nb', 'a'.repeat(129)])('DIR %j', async (dir) => {
    await expectRefused([dir, ...QUICK], 'ANSWER_INVALID');
  });
  test('DIR -rf is an unknown flag', async () => {
    await expectRefused(['-rf', ...QUICK], 'USAGE');
  });
});

describe('figures out of range', () => {
  test.each([
    ['--timeout', '901'],
    ['--timeout', '0'],
    ['--memory', '127'],
    ['--memory', '10241'],
    ['--memory', '1e400'],
    ['--architecture', 'x64'],
    ['--size', '64'],
    ['--color-order', 'RGB'],
    ['--mean', '1,2,3'],
    ['--top', '11'],
    ['--task', 'poetry'],
    ['--package-manager', 'bun'],
    ['--account', 'dev=1'],
    ['--auth', 'qa=iam'],
  ])('%s %s', async (flag, value) => {
    await expectRefused(['api', ...QUICK, flag, value], 'ANSWER_INVALID');
  });
});

test('--auth none opens no prod API by accident, and says how to mean it', async () => {
  const stderr = await expectRefused(['api', ...QUICK, '--auth', 'none'], 'ANSWER_INVALID');
  expect(stderr).toContain('prod=none');
});

describe('what is missing is one error with every flag', () => {
  test.each([
    [[], ['DIR', '--model']],
    [['--yes'], ['DIR', '--model']],
    [['api'], ['--model']],
    [['--model', 'm.onnx'], ['DIR']],
  ])('%j', async (args, flags) => {
    const stderr = await expectRefused(args, 'ANSWERS_MISSING');
    for (const flag of flags) expect(stderr.split('\n')[0]).toContain(flag);
  });
});

test('an unknown flag', async () => {
  await expectRefused(['api', ...QUICK, '--colour'], 'USAGE');
});

describe('places', () => {
  test('a folder that is not empty', async () => {
    mkdirSync(join(folder(), 'api'));
    writeFileSync(join(folder(), 'api', 'mine.txt'), 'mine');
    await expectRefused(['api', ...QUICK], 'TARGET_NOT_EMPTY');
  });
  test('a file', async () => {
    writeFileSync(join(folder(), 'api'), '');
    await expectRefused(['api', ...QUICK], 'TARGET_NOT_WRITABLE');
  });
  test('below a file', async () => {
    writeFileSync(join(folder(), 'file'), '');
    await expectRefused([join('file', 'api'), ...QUICK], 'TARGET_NOT_WRITABLE');
  });
  test('a link, even to an empty folder', async () => {
    mkdirSync(join(folder(), 'elsewhere'));
    symlinkSync(join(folder(), 'elsewhere'), join(folder(), 'api'));
    await expectRefused(['api', ...QUICK], 'TARGET_NOT_WRITABLE');
  });
  test('a folder without the right to write', async () => {
    chmodSync(folder(), 0o555);
    // Root may write anywhere: then somebody else tries.
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    await expectRefused(['api', ...QUICK], 'TARGET_NOT_WRITABLE', nobody);
    await expectRefused([join('deep', 'er', 'api'), ...QUICK], 'TARGET_NOT_WRITABLE', nobody);
    chmodSync(folder(), 0o755);
  });
  test('a file system that nobody may write to', async () => {
    await expectRefused([join('/proc', 'api'), ...QUICK], 'TARGET_NOT_WRITABLE');
  });
});

describe('models', () => {
  test.each([
    ['that is not there', 'gone.onnx', undefined, 'MODEL_NOT_FOUND'],
    ['that is a folder without one', '.', undefined, 'MODEL_NOT_FOUND'],
    ['with nothing in it', 'm.onnx', '', 'MODEL_EMPTY'],
    ['that is a web page', 'm.onnx', '<!doctype html><html></html>', 'MODEL_IS_HTML'],
    [
      'that is a Git LFS pointer',
      'm.onnx',
      'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
      'MODEL_IS_LFS_POINTER',
    ],
  ])('%s', async (_, file, content, code) => {
    if (content !== undefined) writeFileSync(join(folder(), file), content);
    await expectRefused(['api', '--model', file, '--yes', '--skip-install'], code);
  });
});

describe('files beside it', () => {
  test('labels that are not there', async () => {
    await expectRefused(['api', ...QUICK, '--labels', 'gone.txt'], 'LABELS_INVALID');
  });
  test('labels of another number', async () => {
    writeFileSync(join(folder(), 'labels.txt'), 'cat\ndog\n');
    await expectRefused(['api', ...QUICK, '--labels', 'labels.txt'], 'LABELS_INVALID');
  });
  test('pictures that are not there', async () => {
    await expectRefused(['api', ...QUICK, '--pictures', 'gone.png'], 'PICTURE_INVALID');
  });
  test('a picture that is none', async () => {
    writeFileSync(join(folder(), 'bad.png'), 'no picture');
    await expectRefused(['api', ...QUICK, '--pictures', 'bad.png'], 'PICTURE_INVALID');
  });
  test('a folder without pictures', async () => {
    mkdirSync(join(folder(), 'none'));
    await expectRefused(['api', ...QUICK, '--pictures', 'none'], 'PICTURE_INVALID');
  });
  test('two pictures of one name', async () => {
    await expectRefused(
      ['api', ...QUICK, '--pictures', join(MODEL, '../six.png'), join(MODEL, '../six.png')],
      'PICTURE_INVALID',
    );
  });
});

test('wrong flags, words too many and unknown commands of either bin are USAGE', async () => {
  const codes = [];
  for (const [bin, args] of [
    ['create', ['api', ...QUICK, '--bogus']],
    ['create', ['api', 'again', ...QUICK]],
    ['project', ['test', '--bogus']],
    ['project', ['bogus']],
    ['project', ['deploy']],
  ] as const) {
    const { exitCode, stdout, stderr } = await runBin(bin, args, { cwd: folder(), env: PLAIN_ENV, extendEnv: false });
    codes.push({ exitCode, stdout, code: stderr.split(':')[0] });
  }
  expect(codes).toEqual(codes.map(() => ({ exitCode: 2, stdout: '', code: 'USAGE' })));
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('an answer that finds no room is DISK_FULL', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(
    process.execPath,
    [repository('bin/create-onnx-lambda.mjs'), 'api', ...QUICK, '--dry-run'],
    { cwd: folder(), env: PLAIN_ENV, stdio: ['ignore', full, 'pipe'], encoding: 'utf8' },
  );
  closeSync(full);
  expect({ status, code: stderr.split(':')[0] }).toEqual({ status: 7, code: 'DISK_FULL' });
});
