import { execa } from 'execa';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  const run = (...args: string[]) =>
    execa(join(dir, 'pipeline.sh'), args, { cwd: tmpdir(), reject: false, stdin: 'ignore', env: { STAGE: '' } });
  const calls = (): string[] => readFileSync(join(dir, 'calls'), 'utf8').trim().split('\n');

  test.each([
    [[], ['test', 'build']],
    [['-d'], ['test', 'deploy --stage dev --yes']],
    [
      ['-s', 'prod', '-d'],
      ['test', 'deploy --stage prod --yes'],
    ],
    [
      ['-ds', 'stage'],
      ['test', 'deploy --stage stage --yes'],
    ],
  ])('%j', async (args, expected) => {
    expect((await run(...args)).exitCode).toBe(0);
    expect(calls()).toEqual(expected.map((call) => `${dir}: ${call}`));
  });

  test('a red test deploys nothing', async () => {
    tool('[ "$1" != test ]');
    expect((await run('-d')).exitCode).toBe(1);
    expect(calls()).toEqual([`${dir}: test`]);
  });

  test.each([[['-s', 'qa']], [['-x']], [['-s']], [['more']], [['-r']], [['-p']]])('%j is refused', async (args) => {
    const { exitCode, stdout, stderr } = await run(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('Usage');
    expect(() => calls()).toThrow('ENOENT');
  });

  test('-h', async () => {
    const { exitCode, stdout } = await run('-h');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('-s STAGE');
  });

  test.each(['npm', 'pnpm', 'yarn'] as const)('for %s is clean for shellcheck', async (manager) => {
    const { exitCode, stdout, code } = await execa('shellcheck', ['--shell=sh', '-'], {
      input: pipelineSh(manager),
      reject: false,
    });
    if (code === 'ENOENT') return console.warn('shellcheck is not installed: pipeline.sh was not checked');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
  });
});
