import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBin } from '../rig/bins.ts';
import { createDigits, golden } from '../rig/digits.ts';
import { describeWith } from '../rig/need.ts';
import { samEnv } from '../rig/sam-env.ts';
import { distance, SAME, type Answer } from './answers.ts';

const NAME = 'digits-as-an-image';
const IMAGE = `function:${NAME}`;

const docker = async (...args: string[]): Promise<string> => (await execa('docker', args)).stdout;
const layersOf = async (image: string): Promise<string[]> =>
  JSON.parse(await docker('image', 'inspect', '--format', '{{json .RootFS.Layers}}', image)) as string[];

describeWith(['sam', 'docker'], 'a project that is packaged as a container image', () => {
  let folder: string;
  let project: string;
  const sam = (...args: string[]) => execa('sam', args, { cwd: project, env: samEnv(), stdin: 'ignore' });
  const invoke = async (...flags: string[]): Promise<Answer> => {
    const { exitCode, stdout, stderr } = await runBin('project', ['invoke', ...flags], { cwd: project, env: samEnv() });
    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
    return JSON.parse(stdout) as Answer;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onnx lambda image '));
    project = join(folder, NAME);
    await createDigits(project, ['--package', 'image']);
    await sam('build');
  }, 240_000);
  afterAll(async () => {
    await execa('docker', ['image', 'rm', '-f', IMAGE], { reject: false });
    await rm(folder, { recursive: true, force: true });
  });

  test.each(['seven.png', 'two.webp', 'eight.jpg'])(
    '%s: the embedded harness, without Docker, and `sam local invoke` answer alike',
    async (picture) => {
      const embedded = await invoke(`fixtures/${picture}`);
      expect(embedded.predictions?.[0]?.className).toBe(golden[picture]?.className);
      expect(distance(await invoke(`fixtures/${picture}`, '--sam'), embedded)).toBeLessThanOrEqual(SAME);
    },
    60_000,
  );

  test('the image runs what the harness bundles', async () => {
    const builds = join(project, '.onnx-lambda/build');
    const [bundle = ''] = (await readdir(builds, { recursive: true })).filter((file) => file.endsWith('handler.mjs'));
    const inside = await docker('run', '--rm', '--entrypoint', 'cat', IMAGE, '/var/task/handler.mjs');
    expect(inside.trim()).toBe((await readFile(join(builds, bundle), 'utf8')).trim());
  });

  test('it has the libraries, the model and the bundle, for this processor alone, and nothing of the rest', async () => {
    const list = 'ls /var/task /opt /opt/nodejs/node_modules; find /opt -name "*.node"';
    const found = (await docker('run', '--rm', '--entrypoint', 'sh', IMAGE, '-c', list)).split('\n');
    expect(found).toEqual(expect.arrayContaining(['handler.mjs', 'model.onnx', 'labels.txt', 'onnxruntime-node']));
    expect(found).not.toContain('package.json');
    expect(found).not.toContain('esbuild');
    const native = found.filter((path) => path.endsWith('.node'));
    expect(native.length).toBeGreaterThan(0);
    expect(native.filter((path) => !/x64|x86_64|arm64/.test(path) || !path.includes(process.arch))).toEqual([]);
  });

  test('a user without rights runs it from a file system that takes no writes, as Lambda does', async () => {
    const limits = ['--read-only', '--tmpfs', '/tmp', '--user', '993:990'];
    const id = await docker('run', '-d', ...limits, '-p', '127.0.0.1::8080', IMAGE);
    try {
      const [, port = ''] = /:(\d+)/.exec(await docker('port', id, '8080')) ?? [];
      const url = `http://127.0.0.1:${port}/2015-03-31/functions/function/invocations`;
      const body = await readFile(join(project, 'events/predict.json'), 'utf8');
      const ask = (): Promise<Response> => fetch(url, { method: 'POST', body });
      const response = await ask().catch(() => docker('exec', id, 'sleep', '3').then(ask));
      expect(await response.json()).toMatchObject({ model: { name: 'digits' } });
    } finally {
      await docker('rm', '-f', id);
    }
  }, 60_000);

  test('a change of code is a change of the last layer alone', async () => {
    const before = await layersOf(IMAGE);
    await appendFile(join(project, 'src/customize.ts'), '\nconsole.log("changed");\n');
    await sam('build');
    const after = await layersOf(IMAGE);
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(after.at(-1)).not.toBe(before.at(-1));
  }, 120_000);

  test('what `build` weighs is held against the limit of images', async () => {
    const { exitCode, stdout } = await runBin('project', ['build', '--json'], { cwd: project, env: samEnv() });
    expect(exitCode).toBe(0);
    const [size] = JSON.parse(await docker('image', 'inspect', '--format', '[{{.Size}}]', IMAGE)) as number[];
    expect(JSON.parse(stdout)).toMatchObject({
      parts: [{ id: 'Function', kind: 'image', unzipped: size, zipped: null }],
      unzipped: { bytes: size, limit: 10_737_418_240 },
      functionZip: null,
    });
  }, 120_000);
});
