import { examineModel } from '../../../generator/tasks/examine.ts';
import type { Guess } from '../../../generator/tasks/table.ts';
import { classifier } from '../../models/classifier.ts';
import { echo } from '../../models/echo.ts';
import { Folder } from '../../models/files.ts';
import { graph, model, node, tensor, value } from '../../models/proto.ts';
import type { ModelProto, NodeProto } from '../../../generator/model/onnx_pb.ts';

let folder: Folder;
beforeEach(() => (folder = new Folder()));
afterEach(() => folder.dispose());

const ML = { opsets: { 'ai.onnx': 17, 'ai.onnx.ml': 3 } };
const rows = (width: number | null) => value('X', 'float32', [null, width]);
const ml = (type: string, outputs: readonly string[], attributes: Parameters<typeof node>[3]): NodeProto =>
  node(type, ['X'], outputs, attributes, 'ai.onnx.ml');

const linear = (width: number, targets = 1): ModelProto =>
  model(
    graph({
      inputs: [rows(width)],
      outputs: [value('variable', 'float32', [null, targets])],
      nodes: [
        ml('LinearRegressor', ['variable'], {
          coefficients: { floats: Array.from({ length: width * targets }, (_, i) => i + 1) },
          intercepts: { floats: Array.from({ length: targets }, () => 0) },
          targets,
        }),
      ],
    }),
    ML,
  );

/** A network of one layer: nothing in it says what its numbers are. */
const dense = (last: 'Softmax' | 'Identity', width = 4, classes = 3): ModelProto =>
  model(
    graph({
      inputs: [rows(width)],
      outputs: [value('y', 'float32', [null, classes])],
      weights: [
        tensor(
          'w',
          'float32',
          [width, classes],
          Array.from({ length: width * classes }, (_, i) => Math.sin(i)),
        ),
      ],
      nodes: [node('MatMul', ['X', 'w'], ['z']), node(last, ['z'], ['y'])],
    }),
  );

async function guess(content: ModelProto, task?: string): Promise<Guess> {
  const { guesses } = await examineModel(folder.model('m.onnx', content), { task });
  return guesses[0];
}

test('operators of ai.onnx.ml say that it is of tables', async () => {
  const { task, reasons } = await guess(linear(3));
  const inputs = [{ input: 'X', features: ['f0', 'f1', 'f2'] }];
  expect(task).toEqual({ kind: 'tabular-regression', inputs, missing: false, output: 'variable', targets: 1 });
  expect(reasons.find(({ field }) => field === 'features')?.hint.source).toBe('default');
  expect((await guess(linear(3, 2))).task).toMatchObject({ targets: 2 });
});

test('inputs with names of their own and their own types', async () => {
  const { task } = await guess(echo());
  const one = (name: string) => ({ input: name, features: [name] });
  expect(task).toEqual({
    kind: 'tabular-regression',
    inputs: ['age', 'visits', 'member', 'town'].map(one),
    missing: true,
    output: 'fed',
    targets: 4,
  });
});

test('without a hint a network is one of tensors, which may be asked for as either', async () => {
  expect((await guess(dense('Softmax'))).kind).toBe('tensor');
  expect((await guess(dense('Softmax'), 'tabular-classification')).task).toMatchObject({
    scores: { outputs: ['y'], kind: 'probabilities' },
    classes: ['0', '1', '2'],
  });
  expect((await guess(dense('Identity'), 'tabular-classification')).task).toMatchObject({ scores: { kind: 'logits' } });
  expect((await guess(dense('Identity'), 'tabular-regression')).task).toMatchObject({ output: 'y', targets: 3 });
});

test.each([
  ['m.csv', 'a,b,c,target\n1,2,3,0\n'],
  ['features.txt', 'a\nb\nc\n'],
  ['columns.json', '["a", "b", "c"]'],
  ['header.csv', '"a";"b";"c"\n'],
])('names of features lie beside it: %s', async (name, text) => {
  folder.file(name, text);
  const { task, reasons } = await guess(dense('Identity', 3));
  expect(task).toMatchObject({ kind: 'tabular-regression', inputs: [{ input: 'X', features: ['a', 'b', 'c'] }] });
  expect(reasons.find(({ field }) => field === 'features')?.hint).toMatchObject({
    source: 'side-file',
    value: 'a, b, c',
  });
});

test.each([
  ['as many as there are not', 'a,b\n'],
  ['one twice', 'a,b,b\n'],
  ['a prototype', 'a,b,__proto__\n'],
  ['numbers', '1,2,3\n4,5,6\n'],
])('names that are passed over: %s', async (_, text) => {
  folder.file('features.csv', text);
  expect((await guess(linear(3))).task).toMatchObject({ inputs: [{ features: ['f0', 'f1', 'f2'] }] });
});

test('names of features in the metadata', async () => {
  const content = linear(3);
  content.metadataProps.push(
    ...model(graph({ nodes: [] }), { metadata: { feature_names: '["a","b","c"]' } }).metadataProps,
  );
  expect((await guess(content)).task).toMatchObject({ inputs: [{ features: ['a', 'b', 'c'] }] });
});

test('a class and a score for each, by the names that a classifier has', async () => {
  const classify = model(
    graph({
      inputs: [rows(2)],
      outputs: [value('label', 'string', [null]), value('p', 'float32', [null, 2])],
      nodes: [
        ml('LinearClassifier', ['label', 'p'], {
          coefficients: { floats: [1, 2, -1, 3] },
          intercepts: { floats: [0, 0] },
          classlabels_strings: ['no', 'yes'],
          post_transform: 'SOFTMAX',
        }),
      ],
    }),
    ML,
  );
  const { task, labels } = await guess(classify);
  expect(task).toMatchObject({
    kind: 'tabular-classification',
    label: 'label',
    scores: { outputs: ['p'], kind: 'probabilities' },
    classes: ['no', 'yes'],
  });
  expect(labels).toMatchObject({ value: ['no', 'yes'], source: 'graph' });
});

describe('what is of no table', () => {
  test('a picture', async () => {
    expect((await guess(classifier())).kind).toBe('image-classification');
    await expect(guess(classifier(), 'tabular-classification')).rejects.toMatchObject({ code: 'TASK_DOES_NOT_FIT' });
  });

  test.each([
    ['columns of which nobody knows how many', [null, null]],
    ['too many columns', [null, 1001]],
    ['three dims', [1, 2, 3]],
  ])('%s', async (_, dims) => {
    const relu = graph({
      inputs: [value('X', 'float32', dims)],
      outputs: [value('y', 'float32', dims)],
      nodes: [node('Relu', ['X'], ['y'])],
    });
    await expect(guess(model(relu), 'tabular-regression')).rejects.toMatchObject({ code: 'TASK_DOES_NOT_FIT' });
  });
});
