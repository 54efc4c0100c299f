import { create } from '@bufbuild/protobuf';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { TypeProtoSchema } from '../../../generator/model/onnx_pb.ts';
import { probeModel } from '../../../generator/model/probe.ts';
import { readModel } from '../../../generator/model/read.ts';
import { mendModel } from '../../../generator/model/mend.ts';
import { examineModel } from '../../../generator/tasks/examine.ts';
import { checkTask, guessTask } from '../../../generator/tasks/guess.ts';
import { readSideFiles } from '../../../generator/hints/side-files.ts';
import { classifier, type ClassifierOptions } from '../../models/classifier.ts';
import { Folder } from '../../models/files.ts';
import { classifierOf, guessClassifier } from './classifier-guess.ts';
import { graph, model, node, tensor, value, valueOfType } from '../../models/proto.ts';

let folder: Folder;
beforeEach(() => (folder = new Folder()));
afterEach(() => folder.dispose());

const PHOTO = { width: 224, height: 224 };

/** The guess from the graph and the files beside it, without a run. */
async function guess(options: ClassifierOptions) {
  const file = folder.model('model.onnx', classifier(options));
  return guessClassifier(await readModel(file), await readSideFiles(file));
}

test('a photograph model without any hint gets the figures of ImageNet, and says that they are defaults', async () => {
  const { task, preprocessing, labels } = await guess({ size: PHOTO, classes: 7 });
  expect(task).toEqual({
    kind: 'image-classification',
    input: 'image',
    output: 'scores',
    scores: 'logits',
    classes: 7,
    top: 5,
    preprocessing: {
      ...PHOTO,
      resize: { kind: 'crop', shortestEdge: 256 },
      resample: 'bilinear',
      colorOrder: 'RGB',
      layout: 'NCHW',
      rescaleFactor: 1 / 255,
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    },
  });
  expect(labels).toBeUndefined();
  const sources = Object.fromEntries(Object.entries(preprocessing).map(([key, { source }]) => [key, source]));
  expect(sources).toEqual({
    width: 'graph',
    height: 'graph',
    layout: 'graph',
    resize: 'default',
    resample: 'default',
    colorOrder: 'default',
    rescaleFactor: 'default',
    mean: 'default',
    std: 'default',
  });
});

test('bytes go in as they are', async () => {
  const { task, fixed } = await guess({ size: PHOTO, elementType: 'uint8', layout: 'NHWC' });
  expect(fixed).toEqual({ ...PHOTO, channels: 3, layout: 'NHWC', bytes: true });
  expect(task.preprocessing).toMatchObject({ layout: 'NHWC', rescaleFactor: 1, mean: [0, 0, 0], std: [1, 1, 1] });
});

test('a gray model: one number a channel, no crop where the picture is small', async () => {
  const { task } = await guess({ size: { width: 28, height: 28 }, channels: 1, classes: 3 });
  expect(task).toMatchObject({
    top: 3,
    preprocessing: { colorOrder: 'gray', resize: { kind: 'stretch' }, rescaleFactor: 1 / 255, mean: [0], std: [1] },
  });
});

test('a file beside the model tells the preprocessing, the graph tells the size', async () => {
  const size = { shortest_edge: 256 };
  const config = { size, crop_size: 192, do_center_crop: true, resample: 3, image_mean: [0.5, 0.5, 0.5], image_std: [0.25, 0.25, 0.25] };
  folder.file('preprocessor_config.json', JSON.stringify(config));
  folder.file('config.json', JSON.stringify({ id2label: { 0: 'cat', 1: 'dog', 2: 'fox' } }));
  const { task, preprocessing, labels } = await guess({ size: PHOTO, classes: 3 });
  expect(task.preprocessing).toMatchObject({
    ...PHOTO,
    resize: { kind: 'crop', shortestEdge: 256 },
    resample: 'bicubic',
    mean: [0.5, 0.5, 0.5],
    std: [0.25, 0.25, 0.25],
  });
  expect(preprocessing.width.source).toBe('graph');
  expect(preprocessing.mean).toMatchObject({ source: 'side-file', why: expect.stringContaining('preprocessor_config.json') as string });
  expect(labels).toMatchObject({ value: ['cat', 'dog', 'fox'], source: 'side-file' });
}); // prettier-ignore

test("Hugging Face's folder: the files lie above onnx/", async () => {
  mkdirSync(join(folder.path, 'onnx'));
  folder.file('config.json', JSON.stringify({ id2label: { 0: 'a', 1: 'b' } }));
  const file = folder.model('onnx/model.onnx', classifier({ classes: 2 }));
  expect(guessTask(await readModel(file), await readSideFiles(file)).labels?.value).toEqual(['a', 'b']);
});

test('labels that are too few or broken are passed over, those that fit are taken', async () => {
  folder.file('config.json', '{ broken');
  folder.file('labels.txt', 'cat\ndog\n');
  folder.file('classes.txt', 'a\nb\nc\n');
  expect((await guess({ classes: 3 })).labels).toMatchObject({ value: ['a', 'b', 'c'] });
});

test.each([
  ['names', "{0: 'a', 1: 'b', 2: 'c'}"],
  ['classes', '["a", "b", "c"]'],
  ['labels', 'a,b,c'],
  ['class_names', 'a\nb\nc'],
])('labels in the metadata: %s', async (key, text) => {
  const { labels } = await guess({ classes: 3, metadata: { [key]: text } });
  expect(labels).toMatchObject({ value: ['a', 'b', 'c'], source: 'metadata' });
});

test('an open size is the one beside the model, tried for real', async () => {
  folder.file('preprocessor_config.json', JSON.stringify({ size: { height: 64, width: 96 } }));
  const file = folder.model('model.onnx', classifier({ size: 'dynamic' }));
  const examined = await examineModel(file);
  expect(examined.trial.inputs).toEqual({ image: [1, 3, 64, 96] });
  expect(classifierOf(examined).task.preprocessing).toMatchObject({
    width: 96,
    height: 64,
    resize: { kind: 'stretch' },
  });
  expect(classifierOf(examined).fixed).toMatchObject({ width: undefined, height: undefined });
});

test('probabilities without a Softmax at the end are told by trial runs', async () => {
  const built = classifier({ scores: 'logits', classes: 4 });
  const nodes = built.graph?.node ?? [];
  (nodes.at(-1) as (typeof nodes)[number]).output = ['logits'];
  nodes.push(
    node('Exp', ['logits'], ['powers']),
    node('ReduceSum', ['powers', 'axis'], ['sum']),
    node('Div', ['powers', 'sum'], ['scores']),
  );
  built.graph?.initializer.push(tensor('axis', 'int64', [1], [1]));
  const guessed = classifierOf(await examineModel(folder.model('model.onnx', built)));
  expect(guessed.scores).toMatchObject({ value: 'probabilities', source: 'trial' });
});

test('an output whose shape the graph does not say', async () => {
  const built = classifier({ classes: 6 });
  if (built.graph) built.graph.output = [value('scores', 'float32')];
  const spec = await readModel(folder.model('model.onnx', built));
  expect(() => checkTask(spec)).not.toThrow();
  const trial = await probeModel({ spec, mended: await mendModel(spec) });
  expect(guessClassifier(spec, [], trial).classes).toMatchObject({ value: 6, source: 'trial' });
});

describe('what does not fit', () => {
  const relu = (dims: (number | string)[], type: 'float32' | 'int64' = 'float32') =>
    graph({ inputs: [value('x', type, dims)], outputs: [value('y', type, dims)], nodes: [node('Relu', ['x'], ['y'])] });

  test.each([
    ['a vector', relu([1, 4]), /float32\[1, 4\]/],
    ['five dims', relu([1, 3, 8, 8, 8]), /8, 8, 8/],
    ['four channels', relu([1, 4, 8, 8]), /1 nor 3 channels/],
    ['int64', relu([1, 3, 8, 8], 'int64'), /int64/],
    ['a picture as output', relu([1, 3, 8, 8]), /no output is a row/],
    [
      'two inputs',
      graph({
        inputs: [value('a', 'float32', [1, 3, 8, 8]), value('b', 'float32', [1, 3, 8, 8])],
        outputs: [value('y', 'float32', [1, 10])],
        nodes: [node('Add', ['a', 'b'], ['y'])],
      }),
      /2 inputs/,
    ],
  ])('%s', async (_, main, what) => {
    const file = folder.model('model.onnx', model(main));
    await expect(examineModel(file, { task: 'image-classification' })).rejects.toMatchObject({
      code: 'TASK_DOES_NOT_FIT',
      trouble: {
        what: expect.stringMatching(what) as string,
        expected: expect.stringContaining('1 or 3 channels') as string,
        where: expect.stringContaining(file) as string,
      },
    });
  });

  test('what nothing can serve is refused with the one reason that counts', async () => {
    const main = graph({
      inputs: [valueOfType('x', create(TypeProtoSchema, {}))],
      outputs: [value('y', 'float32', [1])],
      nodes: [node('Relu', ['x'], ['y'])],
    });
    await expect(examineModel(folder.model('model.onnx', model(main)))).rejects.toMatchObject({
      code: 'TASK_DOES_NOT_FIT',
      trouble: {
        what: expect.stringMatching(/^[^;]*\binput x\b[^;]*$/) as string,
        expected: 'inputs and outputs that are tensors',
      },
    });
  });

  test('one number that is no probability', async () => {
    const file = folder.model('model.onnx', classifier({ classes: 1 }));
    const task = 'image-classification';
    await expect(examineModel(file, { task })).rejects.toMatchObject({ code: 'TASK_DOES_NOT_FIT' });
    expect((await examineModel(file)).guesses).toMatchObject([{ kind: 'tensor' }]);
  });

  test('a task that nobody knows', async () => {
    const file = folder.model('model.onnx', classifier());
    await expect(examineModel(file, { task: 'mind-reading' })).rejects.toMatchObject({ code: 'ANSWER_INVALID' });
  });
});

describe('of several outputs the scores are taken', () => {
  const row = (name: string, width: number) => value(name, 'float32', [1, width]);
  const numbers = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(i));
  /** Features of 12 numbers, 5 logits of them, and what is made of these. */
  const outputs = async (...names: string[]): Promise<string> => {
    const widths: Record<string, number> = { features: 12, embedding: 12, scores: 5, probabilities: 5, best: 1 };
    const nodes = [
      node('Flatten', ['image'], ['features']),
      node('Neg', ['features'], ['embedding']),
      node('MatMul', ['features', 'dense'], ['scores']),
      node('Softmax', ['scores'], ['probabilities']),
      node('ReduceMax', ['scores'], ['best'], { axes: [1] }),
    ];
    const main = graph({
      inputs: [value('image', 'float32', [1, 3, 2, 2])],
      outputs: names.map((name) => row(name, widths[name] as number)),
      weights: [tensor('dense', 'float32', [12, 5], numbers(60))],
      nodes,
    });
    const made = classifierOf(
      await examineModel(folder.model('model.onnx', model(main, { opsets: { 'ai.onnx': 13 } }))),
    );
    return `${made.task.output} ${made.task.classes} ${made.task.scores}`;
  };

  test.each([
    ['features on the way to the scores', ['features', 'scores'], 'scores 5 logits'],
    ['features that nothing reads', ['embedding', 'scores'], 'scores 5 logits'],
    ['one number a picture', ['best', 'scores'], 'scores 5 logits'],
    ['logits and probabilities', ['scores', 'probabilities'], 'probabilities 5 probabilities'],
    ['one alone, whatever its name', ['features'], 'features 12 logits'],
  ])('%s', async (_, names, expected) => expect(await outputs(...names)).toBe(expected));
});
