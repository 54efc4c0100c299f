import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBin } from '../rig/bins.ts';
import { createDigits, golden } from '../rig/digits.ts';
import { describeWith } from '../rig/need.ts';
import { samEnv } from '../rig/sam-env.ts';
import { distance, SAME, type Answer } from './answers.ts';
import { startServer, type Server } from './server.ts';

const TYPES: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' };
const pictures = Object.keys(golden);

describeWith(['sam', 'docker'], 'the real SAM CLI answers as the embedded harness does', () => {
  let folder: string;
  let project: string;
  const embedded = new Map<string, Answer>();

  const invoke = async (picture: string, ...flags: string[]): Promise<Answer> => {
    const args = ['invoke', `fixtures/${picture}`, ...flags];
    const { exitCode, stdout, stderr } = await runBin('project', args, { cwd: project, env: samEnv() });
    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
    return JSON.parse(stdout) as Answer;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onnx-lambda-sam-'));
    project = join(folder, 'digits');
    await createDigits(project);
    const built = await runBin('project', ['build'], { cwd: project, env: samEnv(), all: true });
    expect({ exitCode: built.exitCode, all: built.exitCode === 0 ? '' : built.all }).toEqual({ exitCode: 0, all: '' });
    for (const picture of pictures) embedded.set(picture, await invoke(picture));
  }, 240_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(pictures)('the embedded harness sees in %s what Python sees', (picture) => {
    const [best] = embedded.get(picture)?.predictions ?? [];
    expect(best?.className).toBe(golden[picture]?.className);
    expect(best?.probability).toBeCloseTo(golden[picture]?.probability ?? NaN, 2);
  });

  test.each(pictures)('sam local invoke, %s', async (picture) => {
    expect(distance(await invoke(picture, '--sam'), embedded.get(picture) as Answer)).toBeLessThanOrEqual(SAME);
  });

  describe('sam local start-api', () => {
    let sam: Server;
    beforeAll(async () => {
      sam = await startServer(project, ['--sam'], samEnv());
    }, 120_000);
    afterAll(() => sam?.stop(), 30_000);

    const ask = async (type: string, body: Buffer | string): Promise<Answer> => {
      const response = await fetch(`${sam.url}/predict`, { method: 'POST', headers: { 'content-type': type }, body });
      const text = await response.text();
      expect({ status: response.status, text }).toMatchObject({ status: 200 });
      return JSON.parse(text) as Answer;
    };

    test.each(pictures)('%s as bytes', async (picture) => {
      const bytes = await readFile(join(project, 'fixtures', picture));
      const answer = await ask(TYPES[picture.split('.').at(-1) ?? ''] ?? '', bytes);
      expect(distance(answer, embedded.get(picture) as Answer)).toBeLessThanOrEqual(SAME);
    });

    test.each(pictures)('%s as JSON', async (picture) => {
      const image = (await readFile(join(project, 'fixtures', picture))).toString('base64');
      const answer = await ask('application/json', JSON.stringify({ image }));
      expect(distance(answer, embedded.get(picture) as Answer)).toBeLessThanOrEqual(SAME);
    });

    test('text that is no picture gets the same refusal as from the embedded harness', async () => {
      const ours = await startServer(project, [], samEnv());
      const refusals = [sam, ours].map(async ({ url }) => {
        const headers = { 'content-type': 'image/png' };
        const response = await fetch(`${url}/predict`, { method: 'POST', headers, body: '<html></html>' });
        return { status: response.status, body: (await response.json()) as unknown };
      });
      const [theirs, embeddedRefusal] = await Promise.all(refusals).finally(() => ours.stop());
      expect(theirs).toMatchObject({ status: 415, body: { code: expect.stringMatching(/^[A-Z_]+$/) } });
      expect(theirs).toEqual(embeddedRefusal);
    });
  });
});
