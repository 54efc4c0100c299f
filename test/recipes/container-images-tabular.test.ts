import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeWith } from '../rig/need.ts';
import { ROOT } from '../rig/paths.ts';
import { startStandIn } from '../rig/stand-in.ts';
import { createByRecipe, pipelineSh, predict, removeImages, tested } from './kit.ts';

jest.setTimeout(8 * 60_000);

const NAME = 'recipe-xgboost';
/** What the fitted trees say in Python: fixtures/wine/train.py. */
const golden = JSON.parse(readFileSync(`${ROOT}fixtures/wine/golden.json`, 'utf8')) as {
  rows: number[][];
  regression: number[];
};

let root: string;
beforeAll(async () => {
  root = join(mkdtempSync(join(tmpdir(), 'onnx-lambda-tables-')), NAME);
  await createByRecipe(root, 'container-images-tabular', ['--model', `${ROOT}fixtures/wine/regression.onnx`]);
});
afterAll(() => rmSync(dirname(root), { recursive: true, force: true }));

test('on this machine: a message and a number for each row', async () => {
  const { failed, results } = await tested(root);
  expect(failed).toBe(0);
  const predicted = results.filter(({ fixture }) => fixture.startsWith('row'));
  expect(predicted.length).toBeGreaterThanOrEqual(5);
  for (const { got } of predicted)
    expect(got).toEqual({ message: 'Successful prediction', prediction: expect.any(Number) as unknown });
});

describeWith(['sam', 'docker', 'stand-in'], 'container-images-tabular: step by step', () => {
  test('-r, -p and -d one after another; 13 numbers are answered as XGBoost itself does', async () => {
    const aws = await startStandIn({ executor: 'docker' });
    try {
      for (const step of ['-r', '-p', '-d']) await pipelineSh(root, ['-s', 'dev', step], aws);
      for (const [i, row] of golden.rows.entries())
        expect(await predict(aws, `${NAME}-dev`, 'dev', { input_X: row })).toEqual({
          message: 'Successful prediction',
          prediction: expect.closeTo(golden.regression[i] ?? NaN, 2) as unknown,
        });
    } finally {
      await removeImages(NAME);
      await aws.stop();
    }
  });
});
