import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareAnswer } from '../../harness/fixtures.ts';
import { Service } from '../../harness/service.ts';
import { DIGITS } from '../rig/digits.ts';
import { ROOT } from '../rig/paths.ts';
import { makeProject } from '../zoo/protocol.ts';

/** Python's answers in each dialect: fixtures/digits/dialects.py, fixtures/wine/train.py. */
const ofDigits = JSON.parse(readFileSync(`${DIGITS}/dialects.json`, 'utf8')) as Record<
  string,
  { djl: { className: string; probability: number }[]; pairs: [string, number][] }
>;
const ofWine = JSON.parse(readFileSync(`${ROOT}fixtures/wine/golden.json`, 'utf8')) as {
  rows: number[][];
  regression: number[];
  classes: string[];
};
const tolerance = { absolute: 1e-3, relative: 1e-3 };
const pictures = ['seven.png', 'six.png', 'three.jpg', 'nine.webp'];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dialects-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A project that speaks a dialect: what it answers over HTTP, and to a direct invoke. */
async function speaking(flags: readonly string[], use: (ask: Ask) => Promise<void>): Promise<void> {
  const project = join(root, 'api');
  await makeProject(project, flags);
  const service = await Service.open(project, { log: () => undefined });
  try {
    await use(async (event) => {
      const body = Buffer.from(JSON.stringify(event));
      const answer = await service.handle({
        method: 'POST',
        target: '/predict',
        headers: [['content-type', 'application/json']],
        body,
        sourceIp: '127.0.0.1',
        protocol: 'HTTP/1.1',
      });
      const invoked = await service.lambda.invoke(JSON.stringify(event));
      const direct = JSON.parse(invoked.payload) as unknown;
      return { status: answer.status, http: JSON.parse(answer.body.toString()) as unknown, direct };
    });
  } finally {
    await service.close();
  }
}

type Ask = (event: object) => Promise<{ status: number; http: unknown; direct: unknown }>;

const classifier = (dialect: string): string[] => [
  '--model',
  `${DIGITS}/digits.onnx`,
  '--labels',
  `${DIGITS}/labels.txt`,
  '--dialect',
  dialect,
];
const image = (picture: string): string => readFileSync(`${DIGITS}/${picture}`).toString('base64');

const same = (want: unknown, have: unknown): void =>
  expect(compareAnswer(want, have, tolerance)).toMatchObject({ kind: 'same' });

test('djl: a list of classes, five of them', async () => {
  await speaking(classifier('djl'), async (ask) => {
    for (const picture of pictures) {
      const { status, http, direct } = await ask({ image: image(picture) });
      expect([status, Array.isArray(http), (direct as unknown[]).length]).toEqual([200, true, 5]);
      same(ofDigits[picture]?.djl, http);
      expect(direct).toEqual(http);
    }
    expect((await ask({ input_url: 'https://example.com' })).status).toBe(400);
  });
}, 60_000);

test('pairs: a label and percent, as many as were asked for', async () => {
  await speaking(classifier('pairs'), async (ask) => {
    for (const picture of pictures) {
      const { http, direct } = await ask({ image: image(picture), n_predictions: 3 });
      expect(direct).toEqual(http);
      const [first, ...others] = http as [string, number][];
      const [label, percent] = ofDigits[picture]?.pairs[0] ?? [];
      expect([first?.[0], others.length]).toEqual([label, 2]);
      expect(Math.abs((first?.[1] ?? 0) - (percent ?? 0))).toBeLessThan(0.1);
    }
    const { http } = await ask({ image: image('six.png') });
    same(ofDigits['six.png']?.pairs, http);
    expect((await ask({ image: image('six.png'), top: 3 })).status).toBe(400);
  });
}, 60_000);

test.each(['regression', 'classes'] as const)(
  'message: 13 numbers in, one prediction out: %s',
  async (name) => {
    await speaking(['--model', `${ROOT}fixtures/wine/${name}.onnx`, '--dialect', 'message'], async (ask) => {
      for (const [i, row] of ofWine.rows.entries()) {
        const { http, direct } = await ask({ input_X: row });
        expect(Object.keys(http as object)).toEqual(['message', 'prediction']);
        same({ message: 'Successful prediction', prediction: ofWine[name][i] }, http);
        expect(direct).toEqual(http);
      }
      expect((await ask({ input_X: ofWine.rows[0]?.slice(1) })).status).toBe(400);
      expect((await ask({ input_X: ofWine.rows })).status).toBe(400);
    });
  },
  60_000,
);
