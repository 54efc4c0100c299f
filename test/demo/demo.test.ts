import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { golden } from '../rig/digits.ts';
import { ROOT } from '../rig/paths.ts';

/** The environment of a user's shell: not that of the `npm test` that runs us. */
const shell = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$/i.test(name)));

/** The checkout as a new clone would have it: what git tracks or would track, nothing that was built or installed. */
async function cloneOfWorkingTree(to: string): Promise<void> {
  // A checkout that belongs to somebody else (CI's mounts) is no danger to a list of its files.
  const list = ['-c', 'safe.directory=*', 'ls-files', '-co', '--exclude-standard', '--deduplicate', '-z'];
  const { stdout } = await execa('git', list, { cwd: ROOT });
  for (const file of stdout.split('\0').filter(Boolean)) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await cp(join(ROOT, file), join(to, file), { force: true, errorOnExist: false }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error; // deleted, and not yet so in the index
      },
    );
  }
}

describe('npm run demo in a fresh clone', () => {
  let folder: string;
  let clone: string;
  let demo: { exitCode: number | undefined; stdout: string; all: string };
  let seconds: number;

  const npm = async (cwd: string, ...args: string[]): Promise<typeof demo> => {
    const options = { cwd, env: shell, extendEnv: false, reject: false, stdin: 'ignore', all: true } as const;
    const { exitCode, stdout, all } = await execa('npm', args, options);
    return { exitCode, stdout, all };
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onnx lambda demo '));
    clone = join(folder, 'clone');
    await cloneOfWorkingTree(clone);
    const started = Date.now();
    demo = await npm(clone, 'run', '--silent', 'demo');
    seconds = (Date.now() - started) / 1000;
  }, 240_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('installs, builds, and answers to every picture, within 90 s', () => {
    expect({ exitCode: demo.exitCode, all: demo.exitCode === 0 ? '' : demo.all }).toEqual({ exitCode: 0, all: '' });
    for (const [picture, { className }] of Object.entries(golden)) {
      const row = demo.stdout.split('\n').find((line) => line.trimStart().startsWith(`${picture} `));
      expect(row?.trim().split(/\s+/)).toEqual([
        picture,
        className,
        expect.stringMatching(/^\d\.\d{3,}$/),
        expect.any(String),
      ]);
    }
    expect(seconds).toBeLessThan(90);
  });

  test('a second run works as the first did', async () => {
    const again = await npm(clone, 'run', '--silent', 'demo');
    expect({ exitCode: again.exitCode, all: again.exitCode === 0 ? '' : again.all }).toEqual({ exitCode: 0, all: '' });
  }, 60_000);

  test('says where the project is; moved elsewhere, npm install and npm test there are green', async () => {
    const [, project] = /^Project: (.+)$/m.exec(demo.stdout) ?? [];
    expect(project).toBe(join(clone, 'demo', 'digits'));
    const moved = join(folder, 'moved elsewhere');
    await rename(project as string, moved);
    const installed = await npm(moved, 'install', '--no-audit', '--no-fund');
    expect({ exitCode: installed.exitCode, all: installed.exitCode === 0 ? '' : installed.all }).toEqual({
      exitCode: 0,
      all: '',
    });
    const tested = await npm(moved, 'test');
    expect({ exitCode: tested.exitCode, all: tested.exitCode === 0 ? '' : tested.all }).toEqual({
      exitCode: 0,
      all: '',
    });
    expect(tested.all).toMatch(new RegExp(`Tests:.* ${Object.keys(golden).length}|[1-9]\\d* passed`));
    expect(await readdir(moved)).toContain('template.yaml');
  }, 180_000);
});
