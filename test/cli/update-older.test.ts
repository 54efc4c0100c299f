import { execa } from 'execa';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { x } from 'tar';
import { runBin } from '../rig/bins.ts';
import { ROOT } from '../rig/paths.ts';
import { npmTest, projectsFolder } from '../zoo/zoo.ts';
import { symlinkSync } from 'node:fs';
import { PLAIN_ENV, treeOf } from './folders.ts';

/** A project of Blueprint version 1, which had no record of what was emitted. */
let root: string;
let dir: string;
beforeEach(async () => {
  root = projectsFolder(join(mkdtempSync(join(tmpdir(), 'older project ')), 'projects'));
  dir = join(root, 'digits');
  mkdirSync(dir);
  await x({ file: `${ROOT}fixtures/projects/version-1.tar.gz`, cwd: dir });
});
afterEach(() => rmSync(join(root, '..'), { recursive: true, force: true }));

const identity = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};
const git = (...args: string[]) =>
  execa('git', args, {
    cwd: dir,
    env: { ...PLAIN_ENV, ...identity, GIT_CONFIG_GLOBAL: '/dev/null' },
    extendEnv: false,
  });
async function commit(message: string): Promise<void> {
  await git('init', '--quiet');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', message);
}
const update = (...flags: string[]) =>
  runBin('project', ['update', ...flags], { cwd: dir, env: PLAIN_ENV, extendEnv: false });
const read = (path: string) => readFileSync(join(dir, path), 'utf8');

/** Its own tests, as somebody would run them. */
async function expectGreen(): Promise<void> {
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'));
  const { exitCode, all } = await npmTest(dir);
  expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
}

test('what create committed is what was emitted: the project is up to date, edits are kept, its own tests are green', async () => {
  await commit('Start from create-onnx-lambda');
  appendFileSync(join(dir, 'src/customize.ts'), '// mine\n');
  // Where nothing was emitted otherwise since: elsewhere the two would be a conflict.
  writeFileSync(join(dir, 'README.md'), read('README.md').replace('\n', '\n\nMine.\n'));
  const { exitCode, stdout, stderr } = await update('--json');
  expect([exitCode, exitCode === 0 ? '' : stderr]).toEqual([0, '']);
  const { files } = JSON.parse(stdout) as { files: { path: string; action: string }[] };
  expect(files.filter(({ action }) => action === 'keep').map(({ path }) => path)).toEqual([
    'README.md',
    'src/customize.ts',
  ]);
  expect(read('onnx-lambda.yaml')).toContain('version: 3');
  expect(read('onnx-lambda.yaml')).toMatch(/kind: pad\n +fill: 7/);
  expect(read('onnx-lambda.yaml')).toContain('protocol: false');
  expect(read('README.md')).toMatch(/^# .*\n\nMine\.\n/);
  await expectGreen();
  const again = await update('--edited', 'merge');
  expect(again.exitCode).toBe(0);
  expect(read('README.md')).toMatch(/^# .*\n\nMine\.\n/);
});

test.each([
  ['where nothing was committed', undefined],
  ['where somebody else committed', 'My project'],
])('%s nobody knows what was edited: somebody has to say', async (_, message) => {
  if (message !== undefined) await commit(message);
  const before = treeOf(dir);
  const { exitCode, stderr } = await update();
  expect({ exitCode, code: stderr.split(':')[0] }).toEqual({ exitCode: 2, code: 'BASE_UNKNOWN' });
  expect(treeOf(dir)).toEqual(before);
  expect((await update('--edited', 'replace')).exitCode).toBe(0);
  expect((await update()).stdout).toBe('Nothing to update.');
  await expectGreen();
});
