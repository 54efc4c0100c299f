import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFile } from '../../generator/package-files.ts';
import { cleanUp, edit, isRunning, sampleFolder, until } from './sample.ts';

const children: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(
    children.splice(0).map((child) => {
      if (child.exitCode !== null || child.signalCode !== null) return undefined;
      child.kill('SIGTERM');
      return new Promise((resolve) => child.once('close', resolve));
    }),
  );
  await cleanUp();
});

interface Run {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

/** The real command line in a folder. */
function run(folder: string, args: readonly string[], input = ''): Run {
  const child = spawn(process.execPath, [packageFile('bin/onnx-lambda.mjs'), ...args], { cwd: folder, stdio: 'pipe' });
  children.push(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  );
  return { child, out: () => out, err: () => err, ended };
}

const told = (text: string): { pid: number; cwd: string } => JSON.parse(text) as { pid: number; cwd: string };

describe('invoke', () => {
  test('prints the answer alone on stdout, the log on stderr, and leaves nothing behind', async () => {
    const { out, err, ended, child } = run(sampleFolder(), ['invoke', '--event', '-'], '{"do":"tell"}');
    expect(await ended).toBe(0);
    const { pid, cwd } = told(out());
    expect(out().endsWith('}\n')).toBe(true);
    expect(err()).toMatch(/^START RequestId: [^]*\nEND RequestId: [^]*\nREPORT RequestId: /);
    expect(isRunning(pid)).toBe(false);
    expect(cwd).toContain(String(child.pid));
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`onnx-lambda-${child.pid}-`))).toEqual([]);
  });

  test('prints the error of a function that failed, and exits 1', async () => {
    const { out, ended } = run(sampleFolder(), ['invoke', '--event', '-'], '{"do":"throw"}');
    expect(await ended).toBe(1);
    expect(JSON.parse(out())).toMatchObject({ errorType: 'TOO_MUCH', errorMessage: 'too much' });
  });

  test('sends a fixture as base64', async () => {
    const folder = sampleFolder();
    writeFileSync(join(folder, 'fixtures', 'two.png'), 'picture');
    const { out, ended } = run(folder, ['invoke', 'fixtures/two.png']);
    expect(await ended).toBe(0);
    const { body } = JSON.parse(out()) as { body: string };
    expect(JSON.parse(body)).toEqual({ image: Buffer.from('picture').toString('base64') });
  });

  test.each([
    [[], '', 'USAGE'],
    [['a.png', '--event', '-'], '{}', 'USAGE'],
    [['nothing.png'], '', 'FIXTURE_NOT_FOUND'],
    [['--event', '-'], '{', 'EVENT_INVALID'],
    [['--event', 'nothing.json'], '', 'EVENT_INVALID'],
    [['--event', '-', '--stage', 'nowhere'], '{}', 'STAGE_UNKNOWN'],
  ])('%j is refused', async (args, input, code) => {
    const { out, err, ended } = run(sampleFolder(), ['invoke', ...args], input);
    expect(await ended).toBe(2);
    expect(err()).toMatch(new RegExp(`^${code}: `));
    expect(out()).toBe('');
  });

  test('Ctrl-C ends it with 130, the function too', async () => {
    const { child, err, ended } = run(sampleFolder({ Timeout: 60 }), ['invoke', '--event', '-'], '{"do":"busy"}');
    expect(await until(() => err().includes('START'), 10_000)).toBe(true);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`onnx-lambda-${child.pid}-`))).toEqual([]);
  });
});

describe('start', () => {
  const serving = async (folder: string, ...args: string[]): Promise<Run & { url: string }> => {
    const running = run(folder, ['start', '--port', '0', ...args]);
    expect(await until(() => running.out().includes('\n'), 15_000)).toBe(true);
    return { ...running, url: running.out().trim() };
  };

  test('serves the API until Ctrl-C, and exits 0', async () => {
    const { url, out, err, child, ended } = await serving(sampleFolder());
    expect(out()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
    expect(await until(() => err().includes('Authorisation is not checked'))).toBe(true);
    expect((await fetch(`${url}/items/1`)).status).toBe(200);
    expect((await fetch(`${url}/nothing`)).status).toBe(403);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(await until(() => !readdirSync(tmpdir()).some((name) => name.startsWith(`onnx-lambda-${child.pid}-`)))).toBe(
      true,
    );
  });

  test('builds anew when a source changes, and keeps what runs when that fails', async () => {
    const folder = sampleFolder();
    const { url, err } = await serving(folder);
    const answer = async (): Promise<string> =>
      (
        await fetch(`${url}/do?do=answerFromBody`, {
          method: 'POST',
          body: '{"body":"x"}',
          headers: { 'Content-Type': 'application/json' },
        })
      ).text();
    expect(await answer()).toBe('x');
    await new Promise((resolve) => setTimeout(resolve, 300));
    edit(folder, 'src/behaviours.ts', (text) =>
      text.replace("JSON.parse(event.body ?? 'null') as unknown", "({ body: 'changed' })"),
    );
    expect(await answer()).toBe('changed');
    await new Promise((resolve) => setTimeout(resolve, 300));
    edit(folder, 'src/behaviours.ts', (text) => `${text}\nexport const x: = 1;`);
    expect(await answer()).toBe('changed');
    expect(err()).toContain('BUILD_FAILED');
    await new Promise((resolve) => setTimeout(resolve, 300));
    edit(folder, 'src/behaviours.ts', (text) =>
      text.replace('\nexport const x: = 1;', '').replace("'changed'", "'mended'"),
    );
    expect(await answer()).toBe('mended');
  });

  test('--auth refuses requests without authorisation', async () => {
    const { url, err } = await serving(sampleFolder(), '--auth');
    expect((await fetch(`${url}/items/special`)).status).toBe(403);
    const key = /^x-api-key: ([\da-f]{40})$/m.exec(err())?.[1] ?? '';
    expect((await fetch(`${url}/key`)).status).toBe(403);
    expect((await fetch(`${url}/key`, { headers: { 'x-api-key': key } })).status).toBe(200);
  });

  test('a port in use exits 3, one that is none 2', async () => {
    const { url } = await serving(sampleFolder());
    const { err, ended } = run(sampleFolder(), ['start', '--port', new URL(url).port]);
    expect(await ended).toBe(3);
    expect(err()).toMatch(/^PORT_IN_USE: /m);
    expect(await run(sampleFolder(), ['start', '--port', '70000']).ended).toBe(2);
  });

  test('when it is killed outright, so is a function that is stuck', async () => {
    const folder = sampleFolder({ Timeout: 60 });
    edit(folder, 'src/behaviours.ts', (text) =>
      text.replace(
        "return 'done';\n  },\n  wait",
        "return 'done';\n  },\n  pid: () => ({ body: String(process.pid) }),\n  wait",
      ),
    );
    const { url, child, ended } = await serving(folder);
    const pid = Number(await (await fetch(`${url}/do?do=pid`)).text());
    expect(isRunning(pid)).toBe(true);
    const stuck = fetch(`${url}/do?do=busy`).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill('SIGKILL');
    await Promise.all([ended, stuck]);
    expect(await until(() => !isRunning(pid))).toBe(true);
  });
});

describe('test', () => {
  const expecting = (folder: string, probability: number): void => {
    const good = '({ predictions: [{ className: "a", probability: 0.75 }, { className: "b", probability: 0.25 }] })';
    edit(folder, 'src/handler.ts', (text) =>
      text.replace('const name =', `if ('image' in event) return ${good};\n  const name =`),
    );
    const predictions = [
      { className: 'a', probability },
      { className: 'b', probability: 0.25 },
    ];
    mkdirSync(join(folder, 'fixtures'), { recursive: true });
    for (const name of ['one.png', 'two.webp']) writeFileSync(join(folder, 'fixtures', name), 'picture');
    const fixtures = {
      'one.png': { predictions: [{ ...predictions[0], probability: 0.75 }, predictions[1]] },
      'two.webp': { predictions },
    };
    writeFileSync(join(folder, 'fixtures/expected.json'), JSON.stringify({ version: 1, tolerance: 0.001, fixtures }));
  };

  test('prints a table and exits 0 when all answers are as expected', async () => {
    const folder = sampleFolder();
    expecting(folder, 0.75);
    const { out, err, ended } = run(folder, ['test']);
    expect(await ended).toBe(0);
    expect(out()).toMatch(/one\.png.*a 0\.7500.*a 0\.7500.*ok/);
    expect(err()).toMatch(/^2 passed, 0 failed$/m);
  });

  test('--json is one object; a wrong answer exits 1 and shows what the function printed', async () => {
    const folder = sampleFolder();
    expecting(folder, 0.5);
    const { out, err, ended } = run(folder, ['test', '--json']);
    expect(await ended).toBe(1);
    expect(JSON.parse(out())).toMatchObject({
      version: 2,
      passed: 1,
      failed: 1,
      results: [
        { fixture: 'one.png', passed: true, why: null, difference: 0 },
        {
          fixture: 'two.webp',
          passed: false,
          got: {
            predictions: [
              { className: 'a', probability: 0.75 },
              { className: 'b', probability: 0.25 },
            ],
          },
        },
      ],
    });
    expect(err()).toMatch(/REPORT RequestId/);
  });

  test('a function that fails is a failed fixture', async () => {
    const folder = sampleFolder();
    expecting(folder, 0.75);
    edit(folder, 'src/handler.ts', (text) => text.replace(/return \(\{ predictions.*/, 'process.abort();'));
    const { out, ended } = run(folder, ['test', '--json']);
    expect(await ended).toBe(1);
    expect(JSON.parse(out())).toMatchObject({
      passed: 0,
      failed: 2,
      results: [{ got: null, why: expect.stringMatching(/^Runtime\.ExitError/) as unknown }, {}],
    });
  });

  test('a project without expected answers is refused', async () => {
    const { err, ended } = run(sampleFolder(), ['test']);
    expect(await ended).toBe(2);
    expect(err()).toMatch(/^EXPECTED_INVALID: /);
  });
});
