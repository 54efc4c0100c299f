import { execa } from 'execa';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describeWith } from '../../rig/need.ts';
import { pipelineSh } from '../../../generator/render/pipeline-sh.ts';

describe('pipeline.sh', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'pipe line '));
    mkdirSync(join(dir, 'node_modules/.bin'), { recursive: true });
    writeFileSync(join(dir, 'pipeline.sh'), pipelineSh('npm'), { mode: 0o755 });
    tool('exit 0');
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  /** The project's tool: notes how it is called. */
  const tool = (then: string): void =>
    writeFileSync(
      join(dir, 'node_modules/.bin/onnx-lambda'),
      `#!/bin/sh\necho "$PWD: $*" >> "${dir}/calls"\n${then}\n`,
      {
        mode: 0o755,
      },
    );
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    execa(join(dir, 'pipeline.sh'), args, {
      cwd: tmpdir(),
      reject: false,
      stdin: 'ignore',
      env: { STAGE: '', ...env },
    });
  const calls = (): string[] => readFileSync(join(dir, 'calls'), 'utf8').trim().split('\n');

  const REGISTRY = 'registry --stage dev';
  const PUSH = 'push --stage dev';
  const DEPLOY = 'deploy --yes --stage dev';
  test.each([
    [[], ['test', 'build']],
    [['-d'], ['test', DEPLOY]],
    [['-r'], [REGISTRY]],
    [['-p'], ['test', PUSH]],
    [
      ['-p', ''],
      ['test', PUSH],
    ],
    [
      ['-r', '-d'],
      [REGISTRY, 'test', DEPLOY],
    ],
    [
      ['-r', '-p'],
      [REGISTRY, 'test', PUSH],
    ],
    [
      ['-p', '-d'],
      ['test', PUSH, DEPLOY],
    ],
    [
      ['-r', '-p', '-d'],
      [REGISTRY, 'test', PUSH, DEPLOY],
    ],
    [
      ['-d', '-p', '-r'],
      [REGISTRY, 'test', PUSH, DEPLOY],
    ],
    [
      ['-rp', '-d'],
      [REGISTRY, 'test', PUSH, DEPLOY],
    ],
    [
      ['-s', 'prod', '-d'],
      ['test', 'deploy --yes --stage prod'],
    ],
    [
      ['-ds', 'stage'],
      ['test', 'deploy --yes --stage stage'],
    ],
    [
      ['-p', '-s', 'prod'],
      ['test', 'push --stage prod'],
    ],
  ])('%j', async (args, expected) => {
    expect((await run(args)).exitCode).toBe(0);
    expect(calls()).toEqual(expected.map((call) => `${dir}: ${call}`));
  });

  test('-p PATH is another project, from where it is called', async () => {
    const other = mkdtempSync(join(tmpdir(), 'other '));
    try {
      mkdirSync(join(other, 'node_modules'), { recursive: true });
      symlinkSync(join(dir, 'node_modules/.bin'), join(other, 'node_modules/.bin'));
      expect((await run(['-p', basename(other), '-d'])).exitCode).toBe(0);
      expect(calls()).toEqual(['test', PUSH, DEPLOY].map((call) => `${other}: ${call}`));
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  test('the environment names stacks and folder', async () => {
    const env = { TEMPLATE_REGISTRY: 'r', TEMPLATE_LAMBDA: 'f', PREFIX_LAMBDA: 'a/b', STAGE: 'prod' };
    expect((await run(['-r', '-p', '-d'], env)).exitCode).toBe(0);
    const names = '--stage prod --registry r --stack f --prefix a/b';
    expect(calls()).toEqual(
      [`registry ${names}`, 'test', `push ${names}`, `deploy --yes ${names}`].map((call) => `${dir}: ${call}`),
    );
  });

  test.each([
    [['-r', '-p', '-d'], 'deploy'],
    [['-r', '-p'], 'push'],
    [['-r'], 'registry'],
    [['-d'], 'deploy'],
    [[], 'build'],
  ])('%j: the last step alone answers', async (args, last) => {
    tool('echo "$1"');
    expect((await run(args)).stdout).toBe(last);
  });

  test.each([
    ['registry', []],
    ['test', ['registry']],
    ['push', ['registry', 'test']],
    ['deploy', ['registry', 'test', 'push']],
  ])('%s fails: the code is its own, and nothing comes after', async (step, before) => {
    tool(`[ "$1" != ${step} ] || exit 4`);
    expect((await run(['-r', '-p', '-d'])).exitCode).toBe(4);
    expect(calls().map((call) => call.slice(dir.length + 2).split(' ')[0])).toEqual([...before, step]);
  });

  test.each([
    [['-s', 'qa']],
    [['-s', '-d']],
    [['-x']],
    [['-s']],
    [['more']],
    [['-p', 'no such folder']],
    [['-d', '--', 'more']],
  ])('%j is refused', async (args) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('Usage');
    expect(() => calls()).toThrow('ENOENT');
  });

  test('-h', async () => {
    const { exitCode, stdout } = await run(['-h']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('-s STAGE');
  });
});

describeWith('shellcheck', 'pipeline.sh, checked by others', () => {
  test.each(['npm', 'pnpm', 'yarn'] as const)('for %s', async (manager) => {
    const { exitCode, stdout } = await execa('shellcheck', ['--shell=sh', '-'], {
      input: pipelineSh(manager),
      reject: false,
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
  });
});
