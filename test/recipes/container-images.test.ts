import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compareAnswer } from '../../harness/fixtures.ts';
import { lookInto } from '../pipeline/run.ts';
import { runBin } from '../rig/bins.ts';
import { DIGITS } from '../rig/digits.ts';
import { describeWith } from '../rig/need.ts';
import { startStandIn } from '../rig/stand-in.ts';
import { createByRecipe, pipelineSh, predict, removeImages, tested } from './kit.ts';
import { servePictures } from './web-pictures.ts';

jest.setTimeout(8 * 60_000);

const NAME = 'recipe-pytorch';
/** Python's: fixtures/digits/dialects.py. */
const golden = JSON.parse(readFileSync(`${DIGITS}/dialects.json`, 'utf8')) as Record<
  string,
  { pairs: [string, number][] }
>;

let root: string;
beforeAll(async () => {
  root = join(mkdtempSync(join(tmpdir(), 'onnx-lambda-images-')), NAME);
  const flags = ['--model', `${DIGITS}/digits.onnx`, '--labels', `${DIGITS}/labels.txt`, '--pictures', DIGITS];
  await createByRecipe(root, 'container-images', flags);
});
afterAll(() => rmSync(dirname(root), { recursive: true, force: true }));

const expectGolden = (answer: unknown, picture: string, count = 5): void => {
  const wanted = golden[picture]?.pairs.slice(0, count);
  expect(compareAnswer(wanted, answer, { absolute: 1e-3, relative: 1e-3 })).toMatchObject({ kind: 'same' });
};

test('on this machine: a label and percent for each class, as Python has them', async () => {
  const { failed, results } = await tested(root);
  expect(failed).toBe(0);
  for (const { fixture, got } of results) if (fixture in golden) expectGolden(got, fixture);
});

test('{"input_url", "n_predictions"}', async () => {
  const way = join(root, 'src/inputs/https/way.ts');
  const emitted = readFileSync(way, 'utf8');
  const web = await servePictures(DIGITS);
  try {
    web.openTo(root);
    const event = join(root, 'event.json');
    writeFileSync(event, JSON.stringify({ input_url: web.url('six.png'), n_predictions: 3 }));
    const { stdout } = await runBin('project', ['invoke', '--event', event], { cwd: root });
    expectGolden(JSON.parse(String(stdout)), 'six.png', 3);
  } finally {
    writeFileSync(way, emitted);
    web.stop();
  }
});

describeWith(['sam', 'docker', 'stand-in'], 'container-images: pipeline.sh -s dev -r -p -d', () => {
  test('registry, image, function, and the API answers in percent', async () => {
    const aws = await startStandIn({ executor: 'docker' });
    try {
      const names = { TEMPLATE_REGISTRY: `${NAME}-registry`, TEMPLATE_LAMBDA: NAME, PREFIX_LAMBDA: 'sam_templates' };
      expect(JSON.parse(await pipelineSh(root, ['-s', 'dev', '-r', '-p', '-d'], aws, names))).toMatchObject({
        FunctionName: NAME,
      });
      expect(await lookInto(aws).status(`${NAME}-registry`)).toBe('CREATE_COMPLETE');
      const image = readFileSync(`${DIGITS}/six.png`).toString('base64');
      expectGolden(await predict(aws, NAME, 'dev', { image, n_predictions: 4 }), 'six.png', 4);
    } finally {
      await removeImages(NAME);
      await aws.stop();
    }
  });
});
