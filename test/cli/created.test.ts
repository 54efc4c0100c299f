import { execa } from 'execa';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Blueprint, type Blueprint as BlueprintType } from '../../generator/blueprint.ts';
import { Expected, type Prediction } from '../../generator/expected.ts';
import { parseYaml } from '../../generator/yaml.ts';
import { runBin } from '../rig/bins.ts';
import { DIGITS, golden } from '../rig/digits.ts';
import { graph, model, modelBytes, node, value } from '../models/proto.ts';
import { freshFolder, QUICK, MODEL, PLAIN_ENV, treeOf } from './folders.ts';

const folder = freshFolder();

async function create(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return runBin('create', args, { cwd: folder(), env: { ...PLAIN_ENV, ...env }, extendEnv: false });
}

function blueprintOf(dir: string): BlueprintType {
  const file = join(dir, 'onnx-lambda.yaml');
  return Blueprint.parse(parseYaml(readFileSync(file, 'utf8'), file));
}

const git = (cwd: string, ...args: string[]) =>
  execa('git', args, { cwd, reject: false, env: PLAIN_ENV, extendEnv: false });

test('a project: its path alone on stdout, everything in its place, nothing beside it', async () => {
  const { exitCode, stdout } = await create(['My API', ...QUICK, '--pictures', DIGITS]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: join(folder(), 'My API') });
  expect(readdirSync(folder())).toEqual(['My API']);
  const dir = join(folder(), 'My API');
  expect(blueprintOf(dir)).toMatchObject({ name: 'my-api', packageManager: 'npm', model: { name: 'digits' } });
  for (const file of [
    'template.yaml',
    'swagger.yaml',
    'samconfig.yaml',
    'package.json',
    'tsconfig.json',
    'eslint.config.js',
    'jest.config.js',
    'schemathesis.toml',
    '.gitignore',
    '.npmrc',
    'README.md',
    'pipeline.sh',
    'client.ts',
    'src/handler.ts',
    'src/model.ts',
    'src/package.json',
    'runtime/package.json',
    'runtime/.npmrc',
    'runtime/prune.mjs',
    'model/model.onnx',
    'model/labels.txt',
    'fixtures/expected.json',
    'events/predict.json',
    'events/api-predict.json',
    'events/api-health.json',
    'test/service.test.mjs',
  ])
    // prettier-ignore
    expect([file, existsSync(join(dir, file))]).toEqual([file, true]);
  expect(readFileSync(join(dir, 'model/model.onnx'))).toEqual(readFileSync(MODEL));
});

test('expected answers are those of Python, not of the handler', async () => {
  await create(['api', ...QUICK, '--pictures', DIGITS]);
  const expected = Expected.parse(JSON.parse(readFileSync(join(folder(), 'api/fixtures/expected.json'), 'utf8')));
  expect(Object.keys(expected.fixtures).sort()).toEqual([...Object.keys(golden), 'tensors.json'].sort());
  for (const [file, { className, probability }] of Object.entries(golden)) {
    const { predictions } = (expected.fixtures[file]?.response ?? {}) as { predictions?: Prediction[] };
    const best = predictions?.[0];
    expect([file, best?.className]).toEqual([file, className]);
    expect(Math.abs((best?.probability ?? 0) - probability)).toBeLessThan(0.01);
  }
});

test('every flag ends up in the blueprint', async () => {
  // prettier-ignore
  const { exitCode, stderr } = await create(['api', ...QUICK,
    '--name', 'numbers', '--description', ': # !Sub ${}', '--model-name', 'my-digits', '--model-version', '2.1',
    '--resize', 'crop', '--shortest-edge', '40', '--resample', 'bicubic', '--rescale-factor', '1/127.5', '--mean', '1', '--std', '2',
    '--scores', 'logits', '--top', '3', '--memory', '512', '--timeout', '10', '--architecture', 'x86_64', '--megapixels', '12.5',
    '--auth', 'dev=none,prod=api-key', '--auth-stage', 'api-key', '--account', '123456789012', '--account-prod', '210987654321',
    '--region', 'prod=eu-central-1', '--package-manager', 'pnpm',
  ]);
  expect([exitCode, exitCode === 0 ? '' : stderr]).toEqual([0, '']);
  expect(blueprintOf(join(folder(), 'api'))).toMatchObject({
    name: 'numbers',
    description: ': # !Sub ${}',
    model: { name: 'my-digits', version: '2.1' },
    task: {
      scores: 'logits',
      top: 3,
      preprocessing: {
        width: 32,
        height: 32,
        resize: { kind: 'crop', shortestEdge: 40 },
        resample: 'bicubic',
        colorOrder: 'gray',
        rescaleFactor: 1 / 127.5,
        mean: [1],
        std: [2],
      },
    },
    function: { memory: 512, timeout: 10, architecture: 'x86_64', megapixels: 12.5 },
    stages: {
      dev: { auth: 'none', account: '123456789012' },
      stage: { auth: 'api-key', account: '123456789012' },
      prod: { auth: 'api-key', account: '210987654321', region: 'eu-central-1' },
    },
    packageManager: 'pnpm',
  });
});

test('an open prod API that is asked for by name', async () => {
  expect((await create(['api', ...QUICK, '--auth-prod', 'none'])).exitCode).toBe(0);
  expect(blueprintOf(join(folder(), 'api')).stages).toEqual({
    dev: { auth: 'iam' },
    stage: { auth: 'iam' },
    prod: { auth: 'none' },
  });
});

test.each([
  ['npm/11.0.0 node/v20.20.0', 'npm', 'npm install'],
  ['pnpm/10.0.0 npm/? node/v20.20.0', 'pnpm', 'pnpm install'],
  ['yarn/1.22.22 npm/? node/v20.20.0', 'yarn', 'yarn install'],
  ['bun/1.2.0 npm/? node/v22.0.0', 'npm', 'bun is not supported'],
])('started by %s it speaks the words of %s', async (userAgent, packageManager, words) => {
  const { stderr } = await create(['api', ...QUICK], { npm_config_user_agent: userAgent });
  expect(blueprintOf(join(folder(), 'api')).packageManager).toBe(packageManager);
  expect(stderr).toContain(words);
});

test('--dry-run prints the files that a real run writes, and writes none', async () => {
  const dry = await create(['api', ...QUICK, '--dry-run']);
  expect(dry.exitCode).toBe(0);
  expect(readdirSync(folder())).toEqual([]);
  await create(['api', ...QUICK]);
  const files = Object.entries(treeOf(join(folder(), 'api'))).filter(([, content]) => content !== null);
  expect(dry.stdout.split('\n').sort()).toEqual(files.map(([path]) => path).sort());
});

test('--json is a summary for scripts', async () => {
  const { stdout } = await create(['api', ...QUICK, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    dir: join(folder(), 'api'),
    name: 'api',
    installed: { kind: 'skipped' },
    repository: { kind: 'skipped' },
  });
});

test('--overwrite keeps what is the user’s and replaces the rest', async () => {
  await create(['api', ...QUICK]);
  const dir = join(folder(), 'api');
  const before = treeOf(dir);
  writeFileSync(join(dir, 'mine.txt'), 'mine');
  writeFileSync(join(dir, 'src/handler.ts'), 'broken');
  expect((await create(['api', ...QUICK])).exitCode).toBe(2);
  expect((await create(['api', ...QUICK, '--overwrite'])).exitCode).toBe(0);
  expect(treeOf(dir)).toEqual({ ...before, 'mine.txt': 'mine' });
});

test('the same answers make the same project', async () => {
  await create(['a/api', ...QUICK]);
  await create(['b/api', ...QUICK]);
  expect(treeOf(join(folder(), 'a'))).toEqual(treeOf(join(folder(), 'b')));
});

describe('git', () => {
  const identity = { GIT_CONFIG_GLOBAL: '', GIT_CONFIG_NOSYSTEM: '1' };
  const noGit = QUICK.filter((flag) => flag !== '--no-git');

  test('a repository with one commit where git knows who commits', async () => {
    const config = join(folder(), 'gitconfig');
    writeFileSync(config, '[user]\n\tname = Somebody\n\temail = somebody@example.com\n');
    await create(['api', ...noGit], { ...identity, GIT_CONFIG_GLOBAL: config });
    const dir = join(folder(), 'api');
    expect((await git(dir, 'rev-list', '--count', 'HEAD')).stdout).toBe('1');
    expect((await git(dir, 'status', '--porcelain')).stdout).toBe('');
    expect((await git(dir, 'ls-files', '--stage', 'pipeline.sh')).stdout).toMatch(/^100755/);
  });

  test('a repository without a commit where it does not', async () => {
    const config = join(folder(), 'gitconfig');
    writeFileSync(config, '');
    const { exitCode } = await create(['api', ...noGit], { ...identity, GIT_CONFIG_GLOBAL: config });
    expect(exitCode).toBe(0);
    const dir = join(folder(), 'api');
    expect(existsSync(join(dir, '.git'))).toBe(true);
    expect((await git(dir, 'rev-parse', 'HEAD')).exitCode).not.toBe(0);
  });

  test.each(['packages/api', 'fresh'])(
    'in somebody’s repository nothing is started or committed: %s',
    async (place) => {
      await git(folder(), 'init', '--quiet');
      if (place === 'fresh') mkdirSync(join(folder(), 'fresh'));
      const { exitCode } = await create([place, ...noGit]);
      expect(exitCode).toBe(0);
      expect(existsSync(join(folder(), place, '.git'))).toBe(false);
      expect((await git(folder(), 'rev-parse', 'HEAD')).exitCode).not.toBe(0);
      expect((await git(folder(), 'diff', '--cached', '--name-only')).stdout).toBe('');
    },
  );

  test('in a git hook, whose GIT_DIR is another repository', async () => {
    mkdirSync(join(folder(), 'other'));
    await git(join(folder(), 'other'), 'init', '--quiet');
    await create(['api', ...noGit], { GIT_DIR: join(folder(), 'other/.git'), GIT_INDEX_FILE: 'index' });
    expect(existsSync(join(folder(), 'api/.git'))).toBe(true);
    expect((await git(join(folder(), 'other'), 'rev-parse', 'HEAD')).exitCode).not.toBe(0);
  });
});

test('an answer that Lambda can not give, and memory that is too little, are told when the project is made', async () => {
  const main = graph({
    inputs: [value('x', 'float32', [1, 3, 512, 512])],
    outputs: [value('y', 'float32', [1, 3, 512, 512])],
    nodes: [node('Relu', ['x'], ['y'])],
  });
  writeFileSync(join(folder(), 'large.onnx'), modelBytes(model(main)));
  const args = ['large', '--model', 'large.onnx', '--task', 'tensor', '--memory', '128', '--yes', '--skip-install', '--no-git', '--json']; // prettier-ignore
  const { exitCode, stdout, stderr } = await create(args);
  const { warnings } = JSON.parse(String(stdout)) as { warnings: string[] };
  expect([exitCode, warnings.length]).toEqual([0, 2]);
  expect(warnings[0]).toContain('RESPONSE_TOO_LARGE');
  expect(warnings[1]).toContain('128 MB');
  for (const warning of warnings) expect(stderr).toContain(warning);
});
