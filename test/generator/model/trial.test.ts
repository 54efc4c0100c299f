import { mendModel } from '../../../generator/model/mend.ts';
import type { ModelProto } from '../../../generator/model/onnx_pb.ts';
import { probeModel } from '../../../generator/model/probe.ts';
import { readModel } from '../../../generator/model/read.ts';
import { candidateShapes } from '../../../generator/model/shapes.ts';
import { ELEMENT_TYPES, type Dim, type ElementType, type TensorSpec } from '../../../generator/model/spec.ts';
import type { Trial } from '../../../generator/model/trial.ts';
import { Folder } from '../../models/files.ts';
import { graph, model, node, tensor, value } from '../../models/proto.ts';

const folder = new Folder();
afterAll(() => folder.dispose());

async function tryOut(of: ModelProto): Promise<Trial> {
  const spec = await readModel(folder.model('model.onnx', of));
  return probeModel({ spec, mended: await mendModel(spec) });
}

/** A model of one operator with inputs x, y …, weights and one output. */
function one(opType: string, inputs: Parameters<typeof value>[], options: { weights?: Parameters<typeof tensor>[]; output?: ElementType; before?: boolean } = {}): ModelProto {
  const { weights = [], output = 'float32', before = false } = options;
  const names = [inputs.map(([name]) => name), weights.map(([name]) => name)];
  return model(
    graph({
      inputs: inputs.map((input) => value(...input)),
      outputs: [value('out', output)],
      weights: weights.map((weight) => tensor(...weight)),
      nodes: [node(opType, (before ? names.toReversed() : names).flat(), ['out'])],
    }),
  );
} // prettier-ignore

test.each(ELEMENT_TYPES)('%s goes in and comes out', async (elementType) => {
  const trial = await tryOut(one('Identity', [['x', elementType, ['N', 3]]], { output: elementType }));
  expect(trial).toMatchObject({ ran: true, reason: '', inputs: { x: [1, 3] }, outputs: { out: { dims: [1, 3] } } });
});

test('rank 0 and no elements at all', async () => {
  expect(await tryOut(one('Neg', [['x', 'float64', []]], { output: 'float64' }))).toMatchObject({
    ran: true,
    inputs: { x: [] },
    outputs: { out: { dims: [] } },
  });
  const none = one('Identity', [['x', 'int32', ['past', 3]]], { output: 'int32' });
  expect(await tryOut(none)).toMatchObject({ ran: true, outputs: { out: { dims: [0, 3], range: null } } });
});

test('whole numbers are indices that exist, even where there are only two rows', async () => {
  const table = ['table', 'float32', [2, 3], [1, 2, 3, 4, 5, 6]] as const;
  for (const type of ['int32', 'int64'] as const) {
    const gather = one('Gather', [['ids', type, ['batch', 'seq']]], { weights: [[...table]], before: true });
    expect(await tryOut(gather)).toMatchObject({ ran: true, outputs: { out: { dims: [1, 1, 3] } } });
  }
});

test('whole numbers may have to be more than 0: sizes', async () => {
  const trial = await tryOut(one('Range', [['from', 'int64', []], ['to', 'int64', []], ['step', 'int64', []]], { output: 'int64' }));
  expect(trial).toMatchObject({ ran: true, outputs: { out: { dims: [0] } } });
}); // prettier-ignore

test('text that has to be a number', async () => {
  const main = one('Cast', [['x', 'string', ['N']]]);
  main.graph?.node.splice(0, 1, node('Cast', ['x'], ['out'], { to: 1 }));
  expect(await tryOut(main)).toMatchObject({
    ran: true,
    contents: { x: 'digits' },
    outputs: { out: { dims: [1] } },
  });
});

test('a rank that the graph does not say is found by trying', async () => {
  const dense = one('Gemm', [['x', 'float32']], { weights: [['w', 'float32', [1, 2], [1, 1]]] });
  expect(await tryOut(dense)).toMatchObject({ ran: true, inputs: { x: [1, 1] }, outputs: { out: { dims: [1, 2] } } });
  const kernel = Float32Array.from({ length: 3 * 9 }, (_, i) => i);
  const conv = one('Conv', [['x', 'float32']], { weights: [['w', 'float32', [1, 3, 3, 3], kernel]] });
  expect(await tryOut(conv)).toMatchObject({ ran: true, inputs: { x: [1, 3, 224, 224] } });
});

test('lengths that are open: the first that is long enough', async () => {
  const kernel = new Float32Array(400);
  const audio = one('Conv', [['wave', 'float32', ['batch', 1, 'num_samples']]], { weights: [['w', 'float32', [1, 1, 400], kernel]] });
  expect(await tryOut(audio)).toMatchObject({ ran: true, inputs: { wave: [1, 1, 512] } });
}); // prettier-ignore

test('a size that goes by the values is told', async () => {
  const trial = await tryOut(one('NonZero', [['x', 'float32', [4]]], { output: 'int64' }));
  expect(trial.outputs['out']).toMatchObject({ dims: [1, 0], varies: [1] });
});

test('a model that loads and takes nothing that is made up is not refused: the reason is told', async () => {
  const trial = await tryOut(one('Reshape', [['x', 'float32', ['N', 3]]], { weights: [['shape', 'int64', [2], [7, 5]]] }));
  expect(trial).toMatchObject({ ran: false, runMs: 0, inputs: {}, outputs: {} });
  expect(trial.reason).toMatch(/Reshape/);
  expect(trial.loadMs).toBeGreaterThan(0);
}); // prettier-ignore

test('symbols: by their names, the same everywhere, sums are sums, a past is empty', () => {
  const input = (name: string, elementType: ElementType, ...dims: Dim[]): TensorSpec => ({ name, elementType, dims });
  const [, second] = candidateShapes([
    input('input_ids', 'int64', 'batch_size', 'sequence_length'),
    input('attention_mask', 'int64', 'batch_size', 'past_sequence_length + sequence_length'),
    input('token_type_ids', 'int64', 'batch_size', 'sequence_length'),
    input('past.0.key', 'float32', 'batch_size', 12, 'past_sequence_length', 64),
    input('turned', 'float32', 'sequence_length', 'batch_size', 'other'),
  ]);
  expect(second).toEqual({
    input_ids: { elementType: 'int64', dims: [1, 16] },
    attention_mask: { elementType: 'int64', dims: [1, 16], content: 'ones' },
    token_type_ids: { elementType: 'int64', dims: [1, 16], content: 'zeros' },
    'past.0.key': { elementType: 'float32', dims: [1, 12, 0, 64] },
    turned: { elementType: 'float32', dims: [16, 1, 16] },
  });
});

test('a name that stands for any size is no size of its own: a picture is tried as one', async () => {
  const trial = await tryOut(one('Relu', [['x', 'float32', ['?', 3, '?', '?']]]));
  expect(trial.inputs).toMatchObject({ x: [1, 3, 224, 224] });
});
