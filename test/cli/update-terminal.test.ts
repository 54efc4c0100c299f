import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBin } from '../rig/bins.ts';
import { ROOT } from '../rig/paths.ts';
import { freshFolder, PLAIN_ENV, QUICK, treeOf } from './folders.ts';
import { describeTerminal, runInTerminal } from './terminal.ts';

const folder = freshFolder();
const dir = () => join(folder(), 'my api');
const read = (path: string) => readFileSync(join(dir(), path), 'utf8');
const edit = (path: string, text: string) => appendFileSync(join(dir(), path), text);
const create = () => runBin('create', ['my api', ...QUICK], { cwd: folder(), env: PLAIN_ENV, extendEnv: false });

describeTerminal('in a terminal', () => {
  const ask = (flags: readonly string[], keys: readonly (readonly [string, string])[]) =>
    runInTerminal([`${ROOT}bin/onnx-lambda.mjs`, 'update', ...flags], keys, { folder: folder(), cwd: dir() });
  const [down, enter] = ['\u001b[B', '\r'];

  test('each edited file is asked about, with the difference', async () => {
    await create();
    edit('README.md', 'Mine.\n');
    edit('template.yaml', '# mine\n');
    const { exitCode } = await ask(
      ['--memory', '512'],
      [
        ['README.md was edited', enter],
        ['template.yaml was edited', down],
        ['take over', enter],
      ],
    );
    expect(exitCode).toBe(0);
    expect(read('README.md')).toMatch(/1769 MB[^]*Mine\.\n$/);
    expect(read('template.yaml')).toMatch(/Default: 512[^]*# mine\n$/);
  });

  test.each([
    ['no', 'n\r', 130],
    ['Ctrl-C', '\u0003', 130],
    ['yes', 'y\r', 0],
  ])('%s to a breaking change', async (answer, key, code) => {
    await create();
    const before = treeOf(dir());
    const { exitCode } = await ask(['--no-open-inference-protocol'], [['have to change', key]]);
    expect(exitCode).toBe(code);
    if (answer === 'yes') expect(read('onnx-lambda.yaml')).toContain('protocol: false');
    else expect(treeOf(dir())).toEqual(before);
  });
});
