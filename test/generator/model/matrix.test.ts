import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOracle } from '../../../generator/tasks/image-classification/oracle.ts';
import { examineModel } from '../../../generator/tasks/examine.ts';
import { numberedLabels } from '../../../generator/hints/labels.ts';
import { classifier } from '../../models/classifier.ts';
import { classifierOf } from '../tasks/classifier-guess.ts';
import { Folder } from '../../models/files.ts';
import { MATRIX } from '../../models/matrix.ts';
import { here, repository } from '../../models/places.ts';
import { modelBytes } from '../../models/proto.ts';

// Each model is read, mended, run, understood and asked about pictures; the answers are those of Python's onnxruntime on the
// unmended file with Pillow's preprocessing (matrix-golden.json). To make them anew:
//   WRITE_MATRIX=/tmp/matrix node scripts/test.mjs test/generator/model/matrix
//   python3 test/generator/model/matrix_golden.py /tmp/matrix > test/generator/model/matrix-golden.json
const write = process.env['WRITE_MATRIX'];
const PICTURES = ['rgb.jpg', 'rgba.png', 'upright-6.jpg'];

interface Golden {
  readonly sha256: string;
  /** By picture: the probability of each class, in the order of the scores. */
  readonly answers: Readonly<Record<string, readonly number[]>>;
}
const golden = JSON.parse(readFileSync(here('matrix-golden.json', import.meta.url), 'utf8')) as Record<string, Golden>;

const folder = new Folder();
afterAll(() => folder.dispose());

test.each(MATRIX)('$name', async ({ name, options }) => {
  const bytes = modelBytes(classifier(options));
  const examined = await examineModel(folder.file(`${name}.onnx`, bytes));
  const { mended, trial } = examined;
  const guess = classifierOf(examined);
  const { layout, elementType, channels, scores, size, classes, head } = options;
  const { width, height } = size === 'dynamic' ? { width: 224, height: 224 } : size;

  expect(guess.task).toMatchObject({ input: 'image', output: 'scores', scores, classes, top: 5 });
  expect(guess.task.preprocessing).toMatchObject({ layout, width, height });
  expect(guess.task.preprocessing.colorOrder).toBe(channels === 1 ? 'gray' : 'RGB');
  expect(guess.task.preprocessing.mean).toHaveLength(channels);
  expect(guess.fixed).toMatchObject({ channels, layout, bytes: elementType === 'uint8' });
  expect(guess.fixed.width).toBe(size === 'dynamic' ? undefined : width);
  expect(mended.inputs[0]?.elementType).toBe(elementType === 'uint8' ? 'uint8' : 'float32');
  expect(mended.mendings.map(({ tensor }) => tensor)).toEqual(elementType === 'float16' ? ['image', 'scores'] : []);
  const batch = options.batch === 'N' ? 1 : options.batch;
  expect(trial.outputs['scores']).toMatchObject({
    dims: head === 'NK' ? [batch, classes] : [batch, classes, 1, 1],
    sumsToOne: scores === 'probabilities',
  });

  if (write) {
    mkdirSync(write, { recursive: true });
    writeFileSync(join(write, `${name}.onnx`), bytes);
    writeFileSync(join(write, `${name}.json`), JSON.stringify({ task: guess.task, pictures: PICTURES }));
    return;
  }
  const labels = numberedLabels(classes);
  const pictures = PICTURES.map((picture) => repository(`fixtures/golden/pictures/${picture}`));
  const answers = await runOracle({ served: examined, task: guess.task, labels, pictures });
  const { sha256, answers: expected } = golden[name] as Golden;
  // Another model than the golden answers were made with: make them anew.
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  const tolerance = elementType === 'float16' ? 2e-3 : 1e-5;
  for (const picture of PICTURES) {
    const got = new Map(answers[picture]?.map(({ className, probability }) => [className, probability]));
    const differences = labels.map((label, i) => Math.abs((got.get(label) ?? NaN) - (expected[picture]?.[i] ?? NaN)));
    expect(Math.max(...differences)).toBeLessThan(tolerance);
  }
});

test('the answers tell models and pictures apart', () => {
  const all = Object.values(golden).flatMap(({ answers }) => Object.values(answers).map((row) => JSON.stringify(row)));
  expect(new Set(all).size).toBe(MATRIX.length * PICTURES.length);
});
