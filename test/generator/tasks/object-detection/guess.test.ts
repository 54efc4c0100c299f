import type { DeclaredType, Dim } from '../../../../generator/model/spec.ts';
import { readModel } from '../../../../generator/model/read.ts';
import type { Answers } from '../../../../generator/questions/answers.ts';
import type { Context } from '../../../../generator/questions/context.ts';
import { questions } from '../../../../generator/questions/table.ts';
import { guessTasks } from '../../../../generator/tasks/guess.ts';
import { objectDetection } from '../../../../generator/tasks/object-detection/task.ts';
import type { ObjectDetection } from '../../../../generator/tasks/object-detection/settings.ts';
import type { GuessOf } from '../../../../generator/tasks/task.ts';
import { Folder } from '../../../models/files.ts';
import { graph, model, node, value } from '../../../models/proto.ts';

const folder = new Folder();
afterAll(() => folder.dispose());

type Output = readonly [name: string, dims: readonly Dim[], type?: DeclaredType, maker?: string];

interface Signature {
  readonly input?: readonly Dim[];
  readonly outputs: readonly Output[];
  readonly metadata?: Readonly<Record<string, string>>;
  /** In the graph beside what makes the outputs. */
  readonly operator?: string;
  readonly labels?: readonly string[];
}

/** What a model of this signature is taken for, by its shapes, names and metadata alone. */
async function guess(
  { input = [1, 3, 640, 640], outputs, metadata = {}, operator, labels }: Signature,
  wanted?: string,
) {
  const nodes = outputs.map(([name, , , maker = 'Conv']) => node(maker, ['image'], [name]));
  const file = folder.model(
    'model.onnx',
    model(
      graph({
        inputs: [value('image', 'float32', input)],
        outputs: outputs.map(([name, dims, type = 'float32']) => value(name, type, dims)),
        nodes: operator === undefined ? nodes : [...nodes, node(operator, ['image'], ['inside'])],
      }),
      { metadata },
    ),
  );
  const sides = labels ? [{ role: 'labels' as const, path: 'labels.txt', text: labels.join('\n') }] : [];
  return guessTasks(await readModel(file), sides, undefined, wanted);
}

async function detector(signature: Signature): Promise<GuessOf<ObjectDetection>> {
  const [first] = await guess(signature, 'object-detection');
  if (first.kind === 'object-detection') return first;
  throw new Error(`taken for ${first.kind}`);
}

const names = (count: number) => ({
  names: `{${Array.from({ length: count }, (_, i) => `${i}: 'n${i}'`).join(', ')}}`,
});
const COCO = names(80);
const A_BOX_A_CELL = 80 * 80 + 40 * 40 + 20 * 20;

test.each<[string, Signature, object]>([
  ['v8', { outputs: [['output0', [1, 84, A_BOX_A_CELL]]], metadata: COCO }, { kind: 'yolo-v8', rows: 'values' }],
  ['v8 without names', { outputs: [['output0', [1, 84, A_BOX_A_CELL]]] }, { kind: 'yolo-v8', rows: 'values' }],
  ['v8, turned', { outputs: [['output0', [1, A_BOX_A_CELL, 84]]], metadata: COCO }, { kind: 'yolo-v8', rows: 'boxes' }],
  ['v8 of 2 classes', { outputs: [['o', [1, 6, A_BOX_A_CELL]]], metadata: names(2) }, { kind: 'yolo-v8' }],
  ['v5', { outputs: [['output', [1, 3 * A_BOX_A_CELL, 85]]], metadata: COCO }, { kind: 'yolo-v5', rows: 'boxes' }],
  ['v5 without names', { outputs: [['output', [1, 3 * A_BOX_A_CELL, 85]]] }, { kind: 'yolo-v5', rows: 'boxes' }],
  ['v5 of 1 class', { outputs: [['output', [1, 3 * A_BOX_A_CELL, 6]]], metadata: names(1) }, { kind: 'yolo-v5' }],
  ['v10', { outputs: [['output0', [1, 300, 6]]], operator: 'TopK', metadata: COCO }, { kind: 'yolo-end-to-end' }],
  ['end to end of 1 class', { outputs: [['output0', [1, 300, 6]]], metadata: names(1) }, { kind: 'yolo-end-to-end' }],
  ['end to end of 2 classes', { outputs: [['output0', [1, 300, 6]]], metadata: names(2) }, { kind: 'yolo-end-to-end' }],
  [
    'torchvision',
    { outputs: [['boxes', ['n', 4]], ['scores', ['n']], ['labels', ['n'], 'int64']] },
    { kind: 'detections', boxes: 'boxes', scores: 'scores', labels: 'labels', firstClass: 1, format: 'xyxy', unit: 'pixels' },
  ],
  [
    'torchvision, with the background named',
    { outputs: [['boxes', ['n', 4]], ['labels', ['n'], 'int64'], ['scores', ['n']]], labels: ['__background__', 'cat'] },
    { kind: 'detections', firstClass: 0 },
  ],
  [
    "TensorFlow with all of its object detection's outputs",
    {
      outputs: [
        ['detection_anchor_indices', [1, 100]],
        ['detection_boxes', [1, 100, 4]],
        ['detection_classes', [1, 100]],
        ['detection_multiclass_scores', [1, 100, 91]],
        ['detection_scores', [1, 100]],
        ['num_detections', [1]],
        ['raw_detection_boxes', [1, 1917, 4]],
        ['raw_detection_scores', [1, 1917, 91]],
      ],
    },
    {
      kind: 'detections',
      boxes: 'detection_boxes',
      scores: 'detection_scores',
      labels: 'detection_classes',
      count: 'num_detections',
      format: 'yxyx',
      unit: 'normalized',
    },
  ],
  [
    'UltraFace',
    { input: [1, 3, 240, 320], outputs: [['scores', [1, 4420, 2], 'float32', 'Softmax'], ['boxes', [1, 4420, 4]]] },
    { kind: 'ssd', boxes: 'boxes', scores: 'scores', activation: 'none', background: 'first', format: 'xyxy', unit: 'normalized' },
  ],
  [
    'DETR',
    { outputs: [['logits', [1, 100, 92]], ['pred_boxes', [1, 100, 4]]] },
    { kind: 'ssd', boxes: 'pred_boxes', activation: 'softmax', background: 'last', format: 'cxcywh', unit: 'normalized' },
  ],
  [
    'RT-DETR, a name for each score',
    { outputs: [['logits', [1, 300, 80]], ['pred_boxes', [1, 300, 4]]], metadata: COCO },
    { kind: 'ssd', activation: 'sigmoid', background: 'none', format: 'cxcywh' },
  ],
  ['FastestDet', { input: [1, 3, 352, 352], outputs: [['758', [1, 85, 22, 22]]] }, { kind: 'fastest-det', output: '758' }],
])('%s is told by its outputs', async (_, signature, head) => {
  const guesses = await guess(signature);
  expect(guesses.map(({ kind }) => kind)[0]).toBe('object-detection');
  expect((await detector(signature)).task.head).toMatchObject(head);
}); // prettier-ignore

test.each<[string, Signature]>([
  ['a classifier', { outputs: [['scores', [1, 1000]]] }],
  ['a classifier of four classes', { outputs: [['boxes', [1, 4]]] }],
  [
    'a classifier with features',
    {
      outputs: [
        ['logits', [1, 10]],
        ['features', [1, 197, 768]],
      ],
    },
  ],
  ['tokens of a transformer', { input: [1, 3, 224, 224], outputs: [['last_hidden_state', [1, 197, 768]]] }],
  ['a map of classes', { input: [1, 3, 512, 512], outputs: [['logits', [1, 19, 128, 128]]] }],
  ['a map of cells of 16 pixels', { input: [1, 3, 224, 224], outputs: [['features', [1, 512, 14, 14]]] }],
  ['poses', { outputs: [['output0', [1, 56, A_BOX_A_CELL]]], metadata: { ...names(1), task: 'pose' } }],
])('%s is not taken for a detector', async (_, signature) => {
  expect((await guess(signature)).map(({ kind }) => kind)).not.toContain('object-detection');
});

test('what only the shapes speak for is a detector where somebody says so', async () => {
  const { task } = await detector({ outputs: [['out', [1, 40, 9]]] });
  expect(task).toMatchObject({ head: { kind: 'yolo-v5', rows: 'boxes' }, classes: 4 });
  await expect(guess({ outputs: [['scores', [1, 1000]]] }, 'object-detection')).rejects.toMatchObject({
    code: 'TASK_DOES_NOT_FIT',
  });
});

test("a letterbox for YOLO, the whole picture for others, BGR for FastestDet; Ultralytics' metadata is no default", async () => {
  const yolo: Signature = {
    outputs: [['o', [1, 84, A_BOX_A_CELL]]],
    metadata: { ...COCO, author: 'Ultralytics', task: 'detect' },
  };
  const { task, reasons } = await detector(yolo);
  expect(task.preprocessing).toMatchObject({
    resize: { kind: 'letterbox', fill: 114 }, colorOrder: 'RGB', rescaleFactor: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1],
  }); // prettier-ignore
  expect(reasons.find(({ field }) => field === 'mean')?.hint.source).toBe('metadata');
  const fastest = await detector({ input: [1, 3, 352, 352], outputs: [['758', [1, 85, 22, 22]]] });
  expect(fastest.task.preprocessing).toMatchObject({ resize: { kind: 'stretch' }, colorOrder: 'BGR', mean: [0, 0, 0] });
});

test('a graph that suppresses is not suppressed again', async () => {
  const outputs: Output[] = [['scores', [1, 4420, 2]], ['boxes', [1, 4420, 4]]];
  expect((await detector({ outputs })).task.suppression).toBe('per-class');
  expect((await detector({ outputs, operator: 'NonMaxSuppression' })).task.suppression).toBe('none');
}); // prettier-ignore

describe('names', () => {
  const outputs: Output[] = [['scores', [1, 4420, 3], 'float32', 'Softmax'], ['boxes', [1, 4420, 4]]]; // prettier-ignore

  test('without the background, whether the file has it or not', async () => {
    const all = await detector({ outputs, labels: ['BACKGROUND', 'cat', 'dog'] });
    expect([all.task.classes, all.labels?.value]).toEqual([2, ['cat', 'dog']]);
    const some = await detector({ outputs, labels: ['cat', 'dog'] });
    expect([some.task.classes, some.labels?.value]).toEqual([2, ['cat', 'dog']]);
  });

  test('as many as there are scores: none of these is the background', async () => {
    const { task, labels } = await detector({ outputs, labels: ['cat', 'dog', 'fox'] });
    expect(task).toMatchObject({ classes: 3, head: { background: 'none' } });
    expect(labels?.value).toEqual(['cat', 'dog', 'fox']);
  });
});

/** The answers that nobody gave, with those that somebody did. */
async function settled(signature: Signature, given: Partial<Answers>): Promise<ObjectDetection> {
  const found = await detector(signature);
  return objectDetection.settle(found, { ...objectDetection.answers(found.task), ...given } as Answers);
}

test('each guess can be overruled', async () => {
  const ssd: Signature = { outputs: [['scores', [1, 50, 3]], ['boxes', [1, 50, 4]]] }; // prettier-ignore
  expect(await settled(ssd, {})).toEqual((await detector(ssd)).task);
  expect(
    await settled(ssd, { boxFormat: 'cxcywh', boxUnit: 'pixels', background: 'none', activation: 'sigmoid', suppression: 'agnostic' }),
  ).toMatchObject({
    head: { format: 'cxcywh', unit: 'pixels', background: 'none', activation: 'sigmoid' }, classes: 3, suppression: 'agnostic',
  });
  const yolo: Signature = { outputs: [['o', [1, 40, 9]]] };
  expect(await settled(yolo, { head: 'yolo-v8' })).toMatchObject({ head: { kind: 'yolo-v8' }, classes: 5 });
}); // prettier-ignore

test('a head that the outputs do not fit, and a field that the head does not have, are refused', async () => {
  const { hints } = await detector({ input: [1, 3, 352, 352], outputs: [['758', [1, 85, 22, 22]]] });
  const context = { answers: {}, cwd: '.', packageManager: 'npm', hints } as unknown as Context;
  expect(questions.head.parse('yolo-v8', context)).toEqual({
    expected: expect.stringContaining('fastest-det') as string,
  });
  expect(questions.head.parse('fastest-det', context)).toEqual({ value: 'fastest-det' });
  expect(questions.boxFormat.parse('xyxy', context)).toHaveProperty('expected');
  expect(questions.scoreThreshold.parse('1.5', context)).toHaveProperty('expected');
});
