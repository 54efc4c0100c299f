import { measured } from '../../../generator/model/measured.ts';
import { mendModel } from '../../../generator/model/mend.ts';
import type { ModelProto } from '../../../generator/model/onnx_pb.ts';
import { probeModel } from '../../../generator/model/probe.ts';
import { readModel } from '../../../generator/model/read.ts';
import type { Dim } from '../../../generator/model/spec.ts';
import { Folder } from '../../models/files.ts';
import { graph, model, node, tensor, value } from '../../models/proto.ts';

const folder = new Folder();
afterAll(() => folder.dispose());

async function dimsOf(of: ModelProto): Promise<{ inputs: (readonly Dim[])[]; outputs: (readonly Dim[])[] }> {
  const spec = await readModel(folder.model('model.onnx', of));
  const mended = await mendModel(spec);
  const { inputs, outputs } = measured(mended, await probeModel({ spec, mended }), spec.served.unknownRank);
  return { inputs: inputs.map(({ dims }) => dims), outputs: outputs.map(({ dims }) => dims) };
}

const relu = (input: Dim[] | undefined, output: Dim[] | undefined): ModelProto =>
  model(
    graph({
      inputs: [value('x', 'float32', input)],
      outputs: [value('y', 'float32', output)],
      nodes: [node('Relu', ['x'], ['y'])],
    }),
  );

test.each<{ name: string; input: Dim[]; declared: Dim[] | undefined; is: Dim[] }>([
  { name: 'right', input: [2, 3], declared: [2, 3], is: [2, 3] },
  { name: 'right, with a symbol', input: ['N', 3], declared: ['N', 3], is: ['N', 3] },
  { name: 'another size', input: [2, 3], declared: [4, 3], is: [2, 3] },
  { name: 'another size, which may go by an open dim', input: ['N', 3], declared: ['N', 7], is: ['N', null] },
  { name: 'another rank', input: [2, 3], declared: [2, 3, 4], is: [2, 3] },
  { name: 'another rank, with open dims', input: ['N', 3], declared: ['N'], is: [null, null] },
  { name: 'a symbol that is another size', input: ['N', 3], declared: [1, 'N'], is: [1, null] },
  { name: 'a symbol of its own', input: ['N', 3], declared: ['M', 3], is: ['M', 3] },
  { name: 'negative', input: [-1, 3], declared: [-1, 3], is: [null, 3] },
  { name: 'not even a rank', input: [2, 3], declared: undefined, is: [2, 3] },
])('declared shapes are checked by a run: $name', async ({ input, declared, is }) => {
  expect((await dimsOf(relu(input, declared))).outputs).toEqual([is]);
});

test('sizes that go by the values stay open', async () => {
  const main = graph({
    inputs: [value('x', 'float32', [4])],
    outputs: [value('y', 'int64', [1, 4])],
    nodes: [node('NonZero', ['x'], ['y'])],
  });
  expect((await dimsOf(model(main))).outputs).toEqual([[1, null]]);
});

test('an input without a rank gets the one that works', async () => {
  const main = graph({
    inputs: [value('x', 'float32')],
    outputs: [value('y', 'float32')],
    weights: [tensor('w', 'float32', [1, 2], [1, 1])],
    nodes: [node('Gemm', ['x', 'w'], ['y'])],
  });
  expect(await dimsOf(model(main))).toEqual({ inputs: [[null, null]], outputs: [[null, null]] });
});

test('an input size of 0 is open, in the copy that is served too', async () => {
  const spec = await readModel(folder.model('zero.onnx', relu([0, 3], [0, 3])));
  expect(spec.mendings).toMatchObject([{ kind: 'declared-shapes', tensor: 'x' }]);
  const mended = await mendModel(spec);
  const trial = await probeModel({ spec, mended });
  expect(trial).toMatchObject({ ran: true, inputs: { x: [1, 3] }, outputs: { y: { dims: [1, 3] } } });
  expect(measured(mended, trial, [])).toMatchObject({ inputs: [{ dims: [null, 3] }], outputs: [{ dims: [null, 3] }] });
});
