import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFile } from '../../generator/package-files.ts';
import { serve, type Served } from '../../harness/gateway/server.ts';
import { contentTypeOf } from '../../harness/fixture-files.ts';
import { compareAnswer, readExpected, type Expected } from '../../harness/fixtures.ts';
import { Service } from '../../harness/service.ts';
import { createDigits } from '../rig/digits.ts';
import { edit } from './sample.ts';

/** The real thing: a project that the generator made, nothing installed in it, through real HTTP. */
let root: string;
let service: Service;
let server: Served;
const lines: string[] = [];

beforeAll(async () => {
  root = join(mkdtempSync(join(tmpdir(), 'harness-digits-')), 'digits');
  await createDigits(root);
  service = await Service.open(root, { log: (line) => lines.push(line) });
  server = await serve({
    port: 0,
    host: '127.0.0.1',
    handle: (request) => service.handle(request),
    log: () => undefined,
  });
}, 120_000);
afterAll(async () => {
  await server.close();
  await service.close();
  rmSync(join(root, '..'), { recursive: true, force: true });
});

/** The predictions in an expected answer. */
const predictionsIn = (response: unknown): { className: string }[] =>
  (response as { predictions?: { className: string }[] } | undefined)?.predictions ?? [];
const predict = (type: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
  fetch(`${server.url}/predict`, { method: 'POST', body, headers: { 'Content-Type': type } });
const bytes = (picture: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(root, 'fixtures', picture)));

test('every fixture is answered as the model answers it, as bytes and as JSON', async () => {
  const { fixtures, tolerance } = readExpected(root);
  expect(Object.keys(fixtures).length).toBeGreaterThanOrEqual(12);
  for (const [picture, { path, response }] of Object.entries(fixtures)) {
    if (path !== '/predict') continue;
    const image = Buffer.from(bytes(picture)).toString('base64');
    const answers = [
      await predict(contentTypeOf(picture), bytes(picture)),
      await predict('application/json', JSON.stringify({ image })),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(compareAnswer(response, await answer.json(), tolerance)).toMatchObject({ kind: 'same' });
    }
  }
});

describe('bad input', () => {
  const picture = (): string => Buffer.from(bytes('seven.png')).toString('base64');
  test.each([
    ['an empty body', 'application/json', () => '', 400],
    ['{', 'application/json', () => '{', 400],
    ['nesting 200,000 deep', 'application/json', () => '['.repeat(200_000), 400],
    ['text', 'text/plain', () => 'seven', 415],
    ['SVG', 'image/svg+xml', () => '<svg/>', 415],
    ['GIF', 'image/gif', () => 'GIF89a', 415],
    ['HTML that is called a PNG', 'image/png', () => '<html></html>', 415],
    ['no base64', 'application/json', () => '{"image":"not base64!!@@"}', 400],
    ['an unknown key', 'application/json', () => `{"image":"${picture()}","model":1}`, 400],
    ['__proto__', 'application/json', () => `{"image":"${picture()}","__proto__":{"top":1}}`, 400],
    ['top 0', 'application/json', () => `{"image":"${picture()}","top":0}`, 400],
    ['5 MB of bytes, too much as an event', 'image/png', () => new Uint8Array(5_000_000), 413],
    ['11 MB of bytes', 'image/png', () => new Uint8Array(11_000_000), 413],
    ['half a JPEG', 'image/jpeg', () => bytes('one.jpg').slice(0, 300), 422],
  ])('%s', async (_, type, body, status) => {
    const response = await predict(type, body());
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ message: expect.any(String) as unknown });
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  });

  test('a browser may read errors too', async () => {
    for (const response of [await fetch(`${server.url}/nothing`), await predict('application/json', '{')])
      expect(response.headers.get('access-control-allow-origin')).not.toBeNull();
    const preflight = await fetch(`${server.url}/predict`, { method: 'OPTIONS' });
    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
  });
});

test('100 requests at a cold start: one load per environment, all answered', async () => {
  const cold = await Service.open(root, { log: () => undefined });
  const direct = JSON.stringify({ image: Buffer.from(bytes('seven.png')).toString('base64') });
  const answers = await Promise.all(Array.from({ length: 100 }, () => cold.lambda.invoke(direct)));
  expect(answers.filter(({ kind }) => kind !== 'answered')).toEqual([]);
  expect(cold.lambda.starts).toBeLessThanOrEqual(2 * (await import('node:os')).availableParallelism());
  expect(answers.filter((answer) => answer.kind === 'answered' && answer.report.init !== undefined)).toHaveLength(
    cold.lambda.starts,
  );
  await cold.close();
});

test('memory of the report is that of the process, with room to what the template gives', async () => {
  const answer = await service.lambda.invoke(readFileSync(join(root, 'events/predict.json')));
  if (answer.kind !== 'answered') throw new Error(answer.payload);
  expect(answer.report.maxMemoryUsed).toBeGreaterThan(60);
  expect(answer.report.maxMemoryUsed).toBeLessThan(answer.report.memorySize / 2);
});

test('a warm build answers on the command line in at most 0.35 s', () => {
  const time = (args: readonly string[]): number => {
    const begun = performance.now();
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: root });
    const ms = performance.now() - begun;
    expect(status).toBe(0);
    if (args.length > 2)
      expect(JSON.parse(stdout.toString())).toMatchObject({ predictions: [{ className: 'seven' }, {}, {}, {}, {}] });
    return ms;
  };
  const rounds = Array.from({ length: 9 }, () => ({
    plain: time(['-e', '0']),
    invoke: time([packageFile('bin/onnx-lambda.mjs'), 'invoke', 'fixtures/seven.png']),
  }));
  // Other work on the machine makes everything slower: a start of Node that does nothing, 45 ms on a quiet machine like CI's, is the measure.
  const slower = Math.max(1, Math.min(...rounds.map(({ plain }) => plain)) / 45);
  expect(Math.min(...rounds.map(({ invoke }) => invoke))).toBeLessThan(350 * slower);
}, 60_000);

describe('the emitted test, run by Jest', () => {
  let temporary: string;
  const jest = (folder: string): Promise<{ code: number | null; output: string }> =>
    new Promise((resolve) => {
      const args = [
        '--experimental-vm-modules',
        '--no-warnings',
        packageFile('node_modules/jest/bin/jest.js'),
        '--rootDir',
        folder,
        '--colors=false',
      ];
      const env = { ...process.env, JEST_WORKER_ID: undefined, NODE_OPTIONS: undefined, TMPDIR: temporary };
      const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.once('close', (code) => resolve({ code, output }));
    });

  beforeAll(() => {
    temporary = join(root, '..', 'temporary');
    mkdirSync(temporary);
    mkdirSync(join(root, 'node_modules'));
    symlinkSync(packageFile(''), join(root, 'node_modules', 'create-onnx-lambda'), 'junction');
  });

  test('passes: one test a fixture, health, direct invoke, bad input', async () => {
    const { code, output } = await jest(root);
    expect(output).toMatch(new RegExp(`Tests: +${Object.keys(readExpected(root).fixtures).length + 5} passed`));
    expect(code).toBe(0);
  }, 120_000);

  test('shows picture, expected and got where it fails', async () => {
    const [picture = ''] =
      Object.entries(readExpected(root).fixtures).find(
        ([, { response }]) => predictionsIn(response)[0]?.className === 'seven',
      ) ?? [];
    edit(root, 'fixtures/expected.json', (text) => {
      const expected = JSON.parse(text) as Expected;
      Object.assign(predictionsIn(expected.fixtures[picture]?.response)[0] ?? {}, { className: 'nine-and-a-half' });
      return JSON.stringify(expected);
    });
    const { code, output } = await jest(root);
    expect(code).toBe(1);
    expect(output).toMatch(
      new RegExp(`fixture +\\S+fixtures/${picture}\\s+why +class 1 is seven instead of nine-and-a-half\\s`),
    );
    expect(output).toMatch(/\s+expected +nine-and-a-half 0\.\d+.*\s+got +seven 0\.\d+/);
    expect(output).toMatch(/REPORT RequestId/);
  }, 120_000);

  test('leaves nothing in the temporary folder', () => {
    expect(readdirSync(temporary).filter((name) => name.startsWith('onnx-lambda-'))).toEqual([]);
  });
});
