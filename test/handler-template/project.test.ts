import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { predictOf } from '../../generator/dialects/speak.ts';
import { inputsSource } from '../../generator/inputs/parts.ts';
import { packageFile } from '../../generator/package-files.ts';
import { bundle } from '../../handler-template/test/support/bundle.mjs';
import { client } from '../../generator/render/client.ts';
import { byUrl } from '../generator/template/blueprints.ts';
import { Folder } from '../models/files.ts';

const run = promisify(execFile);
/** Type-aware lint of a whole project, on a machine that is busy with other suites. */
const SLOW = 240_000;
const folder = new Folder();
afterAll(() => folder.dispose());

/** The static files and the client as they lie in a project, with this repository's packages as what `npm install` would bring. */
beforeAll(() => {
  for (const part of ['src', 'tsconfig.json', 'eslint.config.js', 'jest.config.js']) {
    const filter = (file: string): boolean => !/[/\\]emit[^/\\]*\.ts$/.test(file);
    cpSync(packageFile(`handler-template/${part}`), join(folder.path, part), { recursive: true, filter });
  }
  const predict = predictOf(byUrl);
  folder.file('client.ts', client(byUrl, predict));
  folder.file('src/inputs.ts', inputsSource(byUrl, predict));
  mkdirSync(join(folder.path, 'runtime'));
  cpSync(packageFile('handler-template/runtime/prune.mjs'), join(folder.path, 'runtime/prune.mjs'));
  folder.file('package.json', '{ "private": true, "type": "module" }');
  symlinkSync(packageFile('node_modules'), join(folder.path, 'node_modules'), 'junction');
});

const tool = (path: string, args: readonly string[]): Promise<{ stdout: string }> =>
  run(process.execPath, [packageFile(`node_modules/${path}`), ...args], { cwd: folder.path });

test('it type-checks strictly, and a wrong type is found', async () => {
  await tool('typescript/bin/tsc', ['-p', '.']);
  const file = join(folder.path, 'src/wrong.ts');
  writeFileSync(file, "import { model } from './spec.ts';\nexport const name: number = model.name;\n");
  await expect(tool('typescript/bin/tsc', ['-p', '.'])).rejects.toMatchObject({
    stdout: expect.stringContaining('TS2322'),
  });
  rmSync(file);
});

test('it lints clean, and a loose end is found', async () => {
  await tool('eslint/bin/eslint.js', ['.', '--max-warnings', '0']);
  const file = join(folder.path, 'src/loose.ts');
  writeFileSync(file, 'export const loose = (value: any): void => { Promise.resolve(value); };\n');
  await expect(tool('eslint/bin/eslint.js', ['.'])).rejects.toMatchObject({
    stdout: expect.stringMatching(/no-explicit-any[^]*no-floating-promises/),
  });
  rmSync(file);
}, SLOW);

test('it is laid out as Prettier would, which passes over the folder here', async () => {
  const args = ['--ignore-path', join(folder.path, 'none'), '--config', packageFile('.prettierrc.json')];
  await tool('prettier/bin/prettier.cjs', [...args, '--check', 'src', 'client.ts']);
});

test('the function is well under 100 kB zipped', async () => {
  const file = join(folder.path, 'handler.mjs');
  await bundle(join(folder.path, 'src/handler.ts'), file);
  const zipped = deflateRawSync(readFileSync(file)).length;
  expect(statSync(file).size).toBeGreaterThan(10_000);
  expect(zipped).toBeLessThan(40_000);
});

test('versions are exact, the lock file names no address, and both are what this repository tests with', () => {
  interface Manifest {
    readonly dependencies: Record<string, string>;
  }
  const read = (path: string): string => readFileSync(packageFile(path), 'utf8');
  const versionOf = (name: string): string =>
    (JSON.parse(read(`node_modules/${name}/package.json`)) as { version: string }).version;
  for (const path of ['handler-template/src/package.json', 'handler-template/runtime/package.json']) {
    for (const [name, version] of Object.entries((JSON.parse(read(path)) as Manifest).dependencies)) {
      expect({ name, version }).toEqual({ name, version: versionOf(name) });
    }
  }
  const lock = read('handler-template/src/package-lock.json');
  expect(lock).not.toMatch(/"resolved"|https?:\/\/(?!(github|opencollective|www\.patreon))/);
  const { packages } = JSON.parse(lock) as { packages: Record<string, Manifest> };
  expect(packages['']?.dependencies).toEqual(
    (JSON.parse(read('handler-template/src/package.json')) as Manifest).dependencies,
  );
});
