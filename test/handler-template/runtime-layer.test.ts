import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expectedSizes } from '../../generator/advice/sizes.ts';
import { packageFile } from '../../generator/package-files.ts';
import { Folder } from '../models/files.ts';

const run = promisify(execFile);
const folders: Folder[] = [];
afterAll(() => folders.forEach((folder) => folder.dispose()));

const npmrc = (cpu: string): string => `os=linux\ncpu=${cpu}\nlibc=glibc\nonnxruntime-node-install=skip\n`;

function layer(cpu: string): string {
  const folder = new Folder();
  folders.push(folder);
  cpSync(packageFile('handler-template/runtime'), folder.path, {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
  writeFileSync(join(folder.path, '.npmrc'), npmrc(cpu));
  return folder.path;
}

/** Files below node_modules with their sizes in bytes. */
function files(path: string): Map<string, number> {
  const modules = join(path, 'node_modules');
  const entries = readdirSync(modules, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file.slice(modules.length + 1), statSync(file).size];
    }),
  );
}

const NATIVE = /\.node$|\.so(\.[\d.]+)?$/;
const sum = (sizes: Iterable<number>): number => [...sizes].reduce((a, b) => a + b, 0);

/** Without npm's own settings: what `npm test` was started with is not what a user has. */
function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^npm_(config_(os|cpu|libc)|package|lifecycle|node)/i.test(key)),
  );
}

const install = (cwd: string, ...more: string[]): Promise<{ stdout: string }> =>
  run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--foreground-scripts', ...more], {
    cwd,
    env: cleanEnv(),
    shell: process.platform === 'win32',
  });

describe.each(['arm64', 'x64'])('a layer for linux %s', (cpu) => {
  let path: string;
  let found: Map<string, number>;
  beforeAll(async () => {
    path = layer(cpu);
    const { stdout } = await install(path);
    expect(stdout).toContain(`runtime layer for linux ${cpu}`);
    found = files(path);
  });

  test('has the target’s binaries and no others', () => {
    const natives = [...found.keys()].filter((file) => NATIVE.test(file));
    expect(natives.map((file) => file.replace(/\d+\.\d+\.\d+/, 'VERSION')).sort()).toEqual([
      `@img/sharp-libvips-linux-${cpu}/lib/libvips-cpp.so.VERSION`,
      `@img/sharp-linux-${cpu}/lib/sharp-linux-${cpu}-VERSION.node`,
      `onnxruntime-node/bin/napi-v6/linux/${cpu}/libonnxruntime.so.1`,
      `onnxruntime-node/bin/napi-v6/linux/${cpu}/onnxruntime_binding.node`,
    ]);
  });

  test('weighs what is said of it before it is built', () => {
    const architecture = cpu === 'x64' ? 'x86_64' : 'arm64';
    const { runtime } = expectedSizes(0, ['onnxruntime-node', 'sharp'], architecture);
    expect(Math.abs(sum(found.values()) / runtime - 1)).toBeLessThan(0.02);
  });

  test('weighs at most 5 % more than these', () => {
    const native = sum([...found].filter(([file]) => NATIVE.test(file)).map(([, size]) => size));
    const all = sum(found.values());
    console.log(`linux ${cpu}: ${(all / 1e6).toFixed(1)} MB, of which native ${(native / 1e6).toFixed(1)} MB`);
    expect(native).toBeGreaterThan(40e6);
    expect(all / native).toBeLessThan(1.05);
  });

  test('kept its licences, and nothing of installing, types or maps', () => {
    const names = [...found.keys()];
    for (const name of ['sharp', `@img/sharp-linux-${cpu}`, 'semver', 'detect-libc', '@img/colour']) {
      expect(names.filter((file) => file.startsWith(`${name}/LICENSE`))).toHaveLength(1);
    }
    expect(
      names.filter((file) => /adm-zip|global-agent|\.d\.[cm]?ts$|\.map$|darwin|win32|musl|\.bin\//.test(file)),
    ).toEqual([]);
  });

  if (process.platform === 'linux' && process.arch === cpu) {
    test('loads and works on its target', async () => {
      const script = `
      const ort = require('onnxruntime-node');
      const sharp = require('sharp');
      const blank = sharp({ create: { width: 2, height: 3, channels: 3, background: 'red' } });
      Promise.all([ort.InferenceSession.create(process.argv[1]), blank.webp().toBuffer().then((b) => sharp(b).raw().toBuffer())])
        .then(([session, raw]) => console.log(JSON.stringify({ inputs: session.inputNames, bytes: raw.length })));`;
      const args = ['-e', script, packageFile('fixtures/digits/digits.onnx')];
      const { stdout } = await run(process.execPath, args, { cwd: path });
      expect(JSON.parse(stdout)).toEqual({ inputs: ['input'], bytes: 18 });
    });
  }

  test('is pruned by .npmrc alone where npm says nothing, again without harm, and complains where a binary is missing', async () => {
    const prune = (): Promise<unknown> => run(process.execPath, ['prune.mjs'], { cwd: path, env: cleanEnv() });
    await prune();
    expect(files(path)).toEqual(found);
    const other = cpu === 'arm64' ? 'x64' : 'arm64';
    writeFileSync(join(path, '.npmrc'), npmrc(other));
    await expect(prune()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`@img/sharp-linux-${other}`),
    });
    rmSync(join(path, 'node_modules'), { recursive: true });
    await expect(prune()).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^onnxruntime-node, @img/) });
    expect(existsSync(join(path, 'node_modules'))).toBe(false);
  });
});
