import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Prediction } from '../../../generator/expected.ts';
import { runOracle } from '../../../generator/tasks/image-classification/oracle.ts';
import { readModel } from '../../../generator/model/read.ts';
import { examineModel } from '../../../generator/tasks/examine.ts';
import { classifier } from '../../models/classifier.ts';
import { classifierOf } from '../tasks/classifier-guess.ts';
import { Folder } from '../../models/files.ts';
import { here, repository } from '../../models/places.ts';

const folder = new Folder();
afterAll(() => folder.dispose());

test('pictures of all kinds become the tensors that Pillow makes of them', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [here('preprocess-golden.mjs', import.meta.url)]);
  const results = JSON.parse(stdout) as { picture: string; tensor: string; max: number; mean: number }[];
  expect(results.length).toBeGreaterThanOrEqual(100);
  expect(results.filter(({ max }) => !(max < 1e-6))).toEqual([]);
});

test("the digits are answered as Python's onnxruntime does", async () => {
  const file = repository('fixtures/digits/digits.onnx');
  const { pictures } = JSON.parse(readFileSync(repository('fixtures/digits/golden.json'), 'utf8')) as {
    pictures: Record<string, Prediction & { logits: number[] }>;
  };
  const examined = await examineModel(file);
  const answers = await runOracle({
    served: examined,
    task: classifierOf(examined).task,
    labels: classifierOf(examined).labels?.value ?? [],
    pictures: Object.keys(pictures).map((name) => repository(`fixtures/digits/${name}`)),
  });
  expect(Object.keys(answers)).toHaveLength(12);
  for (const [name, { className, probability }] of Object.entries(pictures)) {
    expect(answers[name]).toHaveLength(10);
    expect(answers[name]?.[0]).toEqual({ className, probability: expect.closeTo(probability, 4) as number });
  }
});

test('all classes, best first, and another answer for every picture', async () => {
  const pictures = ['rgb.jpg', 'lossy.webp', 'scene.png', 'upright-3.jpg'].map((name) => ({
    name,
    bytes: readFileSync(repository(`fixtures/golden/pictures/${name}`)),
  }));
  const examined = await examineModel(folder.model('m.onnx', classifier({ scores: 'probabilities', classes: 4 })));
  const answers = await runOracle({
    served: examined,
    task: classifierOf(examined).task,
    labels: [...'abcd'],
    pictures,
  });
  for (const predictions of Object.values(answers)) {
    const probabilities = predictions.map(({ probability }) => probability);
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
    expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    expect(predictions.map(({ className }) => className).sort()).toEqual([...'abcd']);
  }
  expect(new Set(Object.values(answers).map((answer) => JSON.stringify(answer))).size).toBe(4);
});

test.each([
  ['text', Buffer.from('no picture'), /sample\.png/],
  ['half a JPEG', readFileSync(repository('fixtures/golden/pictures/rgb.jpg')).subarray(0, 1500), /sample\.png/],
])('%s as a picture is refused by name', async (_, bytes, where) => {
  const served = await examineModel(folder.model('m.onnx', classifier()));
  const pictures = [{ name: 'sample.png', bytes }];
  await expect(runOracle({ served, task: classifierOf(served).task, labels: [], pictures })).rejects.toMatchObject({
    code: 'PICTURE_INVALID',
    trouble: { where: expect.stringMatching(where) as string },
  });
});

test('a picture that is not there is refused', async () => {
  const spec = await readModel(folder.model('m.onnx', classifier()));
  const served = await examineModel(spec.file);
  const asked = runOracle({ served, task: classifierOf(served).task, labels: [], pictures: ['/nowhere/cat.jpg'] });
  await expect(asked).rejects.toMatchObject({ code: 'PICTURE_INVALID', trouble: { where: '/nowhere/cat.jpg' } });
});
