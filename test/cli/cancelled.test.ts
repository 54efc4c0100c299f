import { execa } from 'execa';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runBin } from '../rig/bins.ts';
import { ROOT } from '../rig/paths.ts';
import { freshFolder, PLAIN_ENV, QUICK, treeOf } from './folders.ts';
import { describeTerminal, runInTerminal, until } from './terminal.ts';

const folder = freshFolder();
const BIN = `${ROOT}bin/create-onnx-lambda.mjs`;
const INSTALL = QUICK.filter((flag) => flag !== '--skip-install');

/** Puts a program of this name first on PATH. */
function programOnPath(name: string, body: string): NodeJS.ProcessEnv {
  const bin = join(folder(), '.bin');
  mkdirSync(bin);
  writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return { ...PLAIN_ENV, PATH: `${bin}${delimiter}${PLAIN_ENV['PATH'] ?? ''}` };
}

describe('Ctrl-C', () => {
  test.each([50, 150, 300, 450, 600, 750, 900, 1100])('after %i ms leaves all or nothing', async (delay) => {
    mkdirSync(join(folder(), 'used'));
    writeFileSync(join(folder(), 'used/README.md'), 'mine');
    for (const args of [
      ['deep/api', ...QUICK],
      ['used', ...QUICK, '--overwrite'],
    ]) {
      const before = treeOf(folder());
      const child = execa(process.execPath, [BIN, ...args], {
        cwd: folder(),
        env: PLAIN_ENV,
        extendEnv: false,
        reject: false,
        stdin: 'ignore',
      });
      setTimeout(() => child.kill('SIGINT'), delay);
      const { exitCode, signal, stdout } = await child;
      if (exitCode === 0) continue; // It was faster.
      expect(signal ?? exitCode).toBe(signal === undefined ? 130 : 'SIGINT'); // By the signal itself: before it could listen.
      expect(stdout).toBe('');
      expect(treeOf(folder())).toEqual(before);
    }
  });

  test.each([
    ['a new folder', ['deep/api']],
    ['an empty folder', ['empty']],
    ['a folder that is overwritten', ['used', '--overwrite']],
  ])('while dependencies are installed into %s takes the project back', async (_, where) => {
    const env = programOnPath('npm', 'mkdir node_modules && echo {} > package-lock.json && exec sleep 60');
    mkdirSync(join(folder(), 'empty'));
    mkdirSync(join(folder(), 'used'));
    writeFileSync(join(folder(), 'used/README.md'), 'mine');
    const before = treeOf(folder());
    const child = execa(process.execPath, [BIN, ...where, ...INSTALL], {
      cwd: folder(),
      env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
    });
    await until(() => existsSync(join(folder(), where[0] ?? '', 'package-lock.json')));
    child.kill('SIGINT');
    const { exitCode, stdout } = await child;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
    expect(treeOf(folder())).toEqual(before);
  });
});

describe('an installation', () => {
  test('that fails keeps the project and says why', async () => {
    const env = programOnPath('npm', 'echo "npm error no network" >&2; exit 1');
    const made = await runBin('create', ['api', ...INSTALL], { cwd: folder(), env, extendEnv: false });
    expect(made).toMatchObject({ exitCode: 1, stdout: join(folder(), 'api') });
    expect(made.stderr).toContain('no network');
    expect(existsSync(join(folder(), 'api/template.yaml'))).toBe(true);
  });

  test('runs in the project, without the settings of the run that started us', async () => {
    const env = programOnPath('pnpm', 'echo "$PWD $* $npm_config_local_prefix" > ran.txt; echo installing');
    const made = await runBin('create', ['api', ...INSTALL], {
      cwd: folder(),
      env: { ...env, npm_config_user_agent: 'pnpm/10.0.0', npm_config_local_prefix: '/elsewhere' },
      extendEnv: false,
    });
    expect(made).toMatchObject({ exitCode: 0, stdout: join(folder(), 'api') });
    expect(readFileSync(join(folder(), 'api/ran.txt'), 'utf8').trim()).toBe(`${join(folder(), 'api')} install`);
    expect(made.stderr).toContain('installing');
  });
});

const inTerminal = (args: readonly string[], keys: readonly (readonly [string, string])[], columns = 100) =>
  runInTerminal([BIN, ...args], keys, { folder: folder(), columns });

describeTerminal('in a terminal', () => {
  const left = () => readdirSync(folder()).filter((name) => name !== '.typescript');

  test.each([
    ['Ctrl-C', '\u0003', 130],
    ['Ctrl-D', '\u0004', 2],
  ])('%s at a question leaves nothing', async (_, key, code) => {
    const { exitCode } = await inTerminal(
      [],
      [
        ['Folder', 'api\r'],
        ['ONNX model', key],
      ],
    );
    expect(exitCode).toBe(code);
    expect(left()).toEqual([]);
  });

  test.each([100, 0])('of %i columns a flag asks nothing', async (columns) => {
    const { exitCode } = await inTerminal(['api', ...QUICK], [], columns);
    expect(exitCode).toBe(0);
    expect(left()).toEqual(['api']);
  });

  test('CI asks nothing', async () => {
    const made = await runBin('create', ['api'], { cwd: folder(), env: { ...PLAIN_ENV, CI: '1' }, extendEnv: false });
    expect(made.exitCode).toBe(2);
  });
});
