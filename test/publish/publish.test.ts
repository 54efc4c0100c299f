import { execa } from 'execa';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIGITS } from '../rig/digits.ts';
import { ROOT } from '../rig/paths.ts';
import { startRegistry, type Registry } from './registry.ts';

const MINUTES = 60_000;
let root: string;
let registry: Registry;
let env: NodeJS.ProcessEnv;
/** Bytes of the packed tool. */
let packed: { filename: string; size: number; unpackedSize: number; files: { path: string }[] };

const run = (file: string, args: readonly string[], cwd: string, more: NodeJS.ProcessEnv = {}) =>
  execa(file, args, {
    cwd,
    env: { ...env, ...more },
    extendEnv: false,
    all: true,
    stdin: 'ignore',
    timeout: 8 * MINUTES,
  });

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'publish '));
  const plain = Object.entries(process.env).filter(([name]) => !/^(CI|npm_.*|GIT_.*|INIT_CWD)$/i.test(name));
  env = Object.fromEntries(plain);
  const upstream = (await run('npm', ['config', 'get', 'registry'], root)).stdout.trim();
  const cache = (await run('npm', ['config', 'get', 'cache'], root)).stdout.trim();
  registry = await startRegistry(upstream.replace(/\/*$/, '/'));
  // A cache of its own for what `npm create` unpacks; downloads are shared with the user's.
  mkdirSync(join(root, 'cache'));
  mkdirSync(join(cache, '_cacache'), { recursive: true });
  symlinkSync(join(cache, '_cacache'), join(root, 'cache', '_cacache'));
  env = {
    ...env,
    npm_config_cache: join(root, 'cache'),
    npm_config_registry: registry.url,
    pnpm_config_registry: registry.url,
    npm_config_yes: 'true',
    // The tool has to work without any install script; onnxruntime-node's looks for CUDA where there is a compiler for it.
    npm_config_ignore_scripts: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    YARN_NPM_REGISTRY_SERVER: registry.url,
    YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
    YARN_ENABLE_TELEMETRY: '0',
    // Yarn keeps packages by name and version, and what is published here has the same each time.
    YARN_GLOBAL_FOLDER: join(root, 'yarn'),
    YARN_REGISTRY: registry.url,
  };
  const pack = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', root], ROOT);
  packed = (JSON.parse(pack.stdout) as (typeof packed)[])[0] as typeof packed;
  const token = `--${registry.url.replace('http:', '')}:_authToken=for-this-test`;
  await run('npm', ['publish', join(root, packed.filename), token, '--ignore-scripts'], root);
}, 5 * MINUTES);

afterAll(async () => {
  await registry.close();
  rmSync(root, { recursive: true, force: true });
});

test('the package has what runs and nothing else', () => {
  const paths = packed.files.map(({ path }) => path);
  expect(registry.names()).toEqual(['create-onnx-lambda']);
  expect(packed.size).toBeLessThan(600_000);
  for (const path of [
    'bin/create-onnx-lambda.mjs',
    'bin/onnx-lambda.mjs',
    'dist/bin/create.js',
    'dist/harness/jest.js',
    'dist/harness/jest.d.ts',
    'handler-template/src/handler.ts',
    'handler-template/runtime/prune.mjs',
    'handler-template/src/package-lock.json',
  ])
    // prettier-ignore
    expect(paths).toContain(path);
  const stray =
    /(^|\/)(node_modules|\.[^/]+)(\/|$)|\.tsbuildinfo$|^(test|scripts|fixtures|bench|generator|harness|pipeline)\/|\.onnx$|\/emit[^/]*\.ts$/;
  expect(paths.filter((path) => stray.test(path))).toEqual([]);
});

test(
  'npm create, npm install, npm test; the tool comes from the registry',
  async () => {
    const flags = ['--model', join(DIGITS, 'digits.onnx'), '--pictures', DIGITS, '--yes'];
    const created = await run('npm', ['create', 'onnx-lambda@latest', 'my-api', '--', ...flags], root);
    expect(created.stdout.trim().split('\n').at(-1)).toBe(join(realpathSync(root), 'my-api'));
    const project = join(root, 'my-api');
    const { devDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(devDependencies['create-onnx-lambda']).toMatch(/^\^\d/);
    expect(existsSync(join(project, 'node_modules/create-onnx-lambda/dist'))).toBe(true);
    await run('npm', ['install'], project);
    const tested = await run('npm', ['test'], project);
    expect(tested.all).toMatch(/Tests: +\d+ passed, \d+ total/);
    await run('npm', ['run', 'types'], project);
    await run('npm', ['run', 'lint'], project);
    const invoked = await run('npx', ['onnx-lambda', 'invoke', 'fixtures/seven.png'], project);
    expect(JSON.parse(invoked.stdout)).toMatchObject({ predictions: [{ className: 'seven' }, {}, {}, {}, {}] });
  },
  10 * MINUTES,
);

/** How each package manager is had, without installing it on the machine. */
const OTHERS = [
  ['pnpm', 'pnpm', 'pnpm@10'],
  ['pnpm, the latest', 'pnpm', 'pnpm@latest'],
  ['yarn classic', 'yarn', 'yarn@1.22.22'],
  ['yarn berry', 'yarn', '@yarnpkg/cli-dist@4'],
] as const;

test.each(OTHERS)(
  '%s installs and tests',
  async (_, manager, source) => {
    const dir = source.replace(/\W+/g, '-').replace(/^-/, '');
    const flags = ['--model', join(DIGITS, 'digits.onnx'), '--yes', '--skip-install', '--package-manager', manager];
    await run('npm', ['create', 'onnx-lambda@latest', dir, '--', ...flags], root);
    const project = join(root, dir);
    // Scripts are on: what the project itself says about them has to be enough.
    const scripts = { npm_config_ignore_scripts: 'false' };
    const managed = (...args: string[]) =>
      run('npm', ['exec', '--package', source, '--', manager, ...args], project, scripts);
    await managed('install');
    const tested = await managed('test');
    expect(tested.all).toMatch(/Tests: +\d+ passed, \d+ total/);
    await managed('run', 'types');
    await managed('run', 'lint');
    await managed(...(manager === 'pnpm' ? ['exec'] : []), 'onnx-lambda', 'invoke', 'fixtures/rings.png');
  },
  10 * MINUTES,
);
