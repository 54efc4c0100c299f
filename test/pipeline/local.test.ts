import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith } from '../rig/need.ts';
import { codeIn, tool } from './run.ts';
import { sampleProject, type Sample } from './sample-project.ts';

// Real builds and deployments: seconds alone, minutes on a machine that does much else.
jest.setTimeout(4 * 60_000);

/** The other one than this machine's. */
const FOREIGN = process.arch === 'arm64' ? 'x86_64' : 'arm64';

describeWith(['sam', 'docker'], 'invoke --sam and start --sam', () => {
  let sample: Sample;
  beforeAll(() => {
    sample = sampleProject({ architecture: FOREIGN });
  });
  afterAll(() => rmSync(sample.root, { recursive: true, force: true }));

  test('a project of another architecture runs from a build for this one; stdout has the answer alone', async () => {
    const { stdout, stderr, exitCode } = await tool(sample.root, ['invoke', 'one', '--sam']);
    expect([exitCode, codeIn(stderr)]).toEqual([0, undefined]);
    expect(JSON.parse(stdout)).toMatchObject({
      predictions: [{ className: 'one', probability: 0.75 }, { className: 'zero' }],
    });
    expect(stderr).toContain(`The project is for ${FOREIGN}`);
    const own = process.arch === 'arm64' ? 'arm64' : 'x64';
    const layer = join(sample.root, '.onnx-lambda/sam', own === 'x64' ? 'x86_64' : own, 'layers/runtime/.npmrc');
    expect(readFileSync(layer, 'utf8')).toMatch(new RegExp(`^cpu=${own}$`, 'm'));
    expect(existsSync(join(sample.root, '.aws-sam'))).toBe(false);
  });

  test('a function that fails: its error on stdout, 1; the build is used again', async () => {
    const { stdout, stderr, exitCode } = await tool(sample.root, ['invoke', '--event', 'model/labels.json', '--sam']);
    expect([exitCode, codeIn(stderr), stdout]).toEqual([2, 'EVENT_INVALID', '']);
    sample.write('event.json', '{}');
    const failed = await tool(sample.root, ['invoke', '--event', 'event.json', '--sam']);
    expect(failed.exitCode).toBe(1);
    expect(JSON.parse(failed.stdout)).toMatchObject({ errorType: 'IMAGE_MISSING' });
    expect(failed.stderr).not.toContain('Starting Build');
  });

  test('a fixture as an API would bring it: the sample knows no such events, and says so', async () => {
    const { stdout, exitCode } = await tool(sample.root, ['invoke', '--event', 'rest-api', 'one', '--sam']);
    expect([exitCode, JSON.parse(stdout)]).toEqual([1, expect.objectContaining({ errorType: 'IMAGE_MISSING' })]);
  });

  test('the API is served until Ctrl-C, which is 0', async () => {
    const running = tool(sample.root, ['start', '--port', '0', '--sam']);
    const url = await new Promise<string>((resolve, reject) => {
      running.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
      running.once('exit', () => reject(new Error('it ended')));
    });
    const response = await fetch(`${url}/predict`, { method: 'POST', body: '{}' });
    // The sample knows no proxy events: that it failed shows that it ran.
    expect(response.status).toBeGreaterThanOrEqual(500);
    running.kill('SIGINT');
    expect((await running).exitCode).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });
});
