import { fromBinary, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mendBytes, mendModel } from '../../../generator/model/mend.ts';
import { ModelProtoSchema, type ModelProto } from '../../../generator/model/onnx_pb.ts';
import { probeModel } from '../../../generator/model/probe.ts';
import { readModel } from '../../../generator/model/read.ts';
import type { TensorSpec } from '../../../generator/model/spec.ts';
import { elementCode } from '../../../generator/model/elements.ts';
import { classifier } from '../../models/classifier.ts';
import { external } from '../../models/external.ts';
import { bytesOf, Folder } from '../../models/files.ts';
import { branches, halfGraphs, passThrough } from '../../models/half.ts';
import { here } from '../../models/places.ts';
import { runModels } from '../../models/run.ts';
import { graph, model, modelBytes, node, value } from '../../models/proto.ts';

const folder = new Folder();
afterAll(() => folder.dispose());

interface Pair {
  readonly names: readonly [string, string, string, string];
  readonly types: readonly string[];
  readonly sameShapes: boolean;
  readonly largest: number;
}

/** Runs models and their mended copies side by side. */
async function runPairs(cases: readonly { model: ModelProto; dims: readonly number[] }[]): Promise<Pair[]> {
  const pairs = [];
  for (const [seed, { model: original, dims }] of cases.entries()) {
    const file = folder.model(`${seed}.onnx`, original);
    const bytes = bytesOf(await mendModel(await readModel(file)));
    pairs.push({ original: file, mended: folder.file(`${seed}-mended.onnx`, bytes), dims, seed });
  }
  const list = folder.file('pairs.json', JSON.stringify(pairs));
  const { stdout } = await promisify(execFile)(process.execPath, [here('run-pairs.mjs', import.meta.url), list]);
  return JSON.parse(stdout) as Pair[];
}

const expectEqual = (pairs: readonly Pair[], count: number): void => {
  expect(pairs).toHaveLength(count);
  for (const { names, types, sameShapes, largest } of pairs) {
    expect(names[1]).toBe(names[0]);
    expect(names[3]).toBe(names[2]);
    expect(types).toEqual(['float32']);
    expect(sameShapes).toBe(true);
    // Where the runtime computes in single precision anyway, it leaves out the rounding to half in between.
    expect(largest).toBeLessThan(2 ** -9);
  }
};

test('a mended half-precision graph answers as the original: any shape, names that collide, several outputs', async () => {
  const cases = fc.sample(halfGraphs, { numRuns: 40, seed: 11 });
  expectEqual(await runPairs(cases), 40);
});

test('values that the branches of If take from outside, shadow or pass on are renamed as they should', async () => {
  const cases = [branches('use'), branches('shadow'), branches('nested')].map((one) => ({ model: one, dims: [2, 3] }));
  expectEqual(await runPairs(cases), 3);
});

test('an input that is an output too', async () => {
  expectEqual(await runPairs([{ model: passThrough(), dims: [2, 3] }]), 1);
});

test('bfloat16 at the boundary, where the runtime has the operators', async () => {
  const main = graph({
    inputs: [value('x', 'bfloat16', [2, 3])],
    outputs: [value('y', 'bfloat16', [3, 2])],
    nodes: [node('Transpose', ['x'], ['y'], { perm: [1, 0] })],
  });
  const spec = await readModel(folder.model('bf.onnx', model(main)));
  const { outputs } = await probeModel({ spec, mended: await mendModel(spec) });
  expect(outputs['y']).toMatchObject({ dims: [3, 2] });
});

test.each(['float32', 'float16', 'uint8'] as const)('weights listed as inputs are none any more: %s', async (elementType) => {
  const options = { elementType, scores: 'probabilities', weightsAsInputs: true, irVersion: 3, opsets: { 'ai.onnx': 8 } } as const;
  const spec = await readModel(folder.model('m.onnx', classifier(options)));
  expect(spec.inputs).toEqual([{ name: 'image', elementType, dims: [1, 3, 32, 32] }]);
  expect(spec.initializersAsInputs).toContain('kernel');
  const mended = await mendModel(spec);
  const after = await readModel(folder.file('after.onnx', bytesOf(mended)));
  const bare = (tensors: readonly TensorSpec[]) => tensors.map(({ name, elementType: type, dims }) => ({ name, elementType: type, dims }));
  expect(after).toMatchObject({ initializersAsInputs: [], irVersion: 4, mendings: [] });
  expect([after.inputs, after.outputs]).toEqual([bare(mended.inputs), bare(mended.outputs)]);
  expect(after.sha256).toBe(mended.sha256);
  const { outputs } = await probeModel({ spec, mended });
  expect(outputs['scores']).toMatchObject({ dims: [1, 10], sumsToOne: true });
}); // prettier-ignore

test('a model that needs nothing keeps its bytes; the file itself is never touched', async () => {
  const file = folder.model('plain.onnx', classifier());
  const half = folder.model('half.onnx', classifier({ elementType: 'float16' }));
  const before = [file, half].map((path) => [readFileSync(path), statSync(path).mtimeMs]);
  const spec = await readModel(file);
  const mended = await mendModel(spec);
  await mendModel(await readModel(half));
  expect(mended).toMatchObject({ kind: 'original', mendings: [], sha256: spec.sha256, size: spec.bytes });
  expect([file, half].map((path) => [readFileSync(path), statSync(path).mtimeMs])).toEqual(before);
});

test('a mended model finds its weights beside it, and names them for copying', async () => {
  const { model: moved, data } = external(classifier({ elementType: 'float16' }), 'data/weights.bin');
  mkdirSync(join(folder.path, 'data'));
  const from = folder.file('data/weights.bin', data);
  const spec = await readModel(folder.model('moved.onnx', moved));
  const mended = await mendModel(spec);
  expect(mended.externalData).toEqual([{ path: 'data/weights.bin', from }]);
  await expect(probeModel({ spec, mended })).resolves.toMatchObject({ outputs: { scores: { dims: [1, 10] } } });
});

test('what our list of fields does not have survives reading and writing', () => {
  const bytes = modelBytes(classifier({ elementType: 'float16' }));
  // Field 20 (training_info) and field 999, which nobody has: unknown to the schema.
  const extra = Buffer.from([0xa2, 0x01, 0x03, 0x0a, 0x01, 0x00, 0xba, 0x3e, 0x02, 0x61, 0x62]);
  const withExtra = Buffer.concat([bytes, extra]);
  const mended = Buffer.from(mendBytes(withExtra));
  expect(mended.includes(extra)).toBe(true);
  expect(toBinary(ModelProtoSchema, fromBinary(ModelProtoSchema, withExtra))).toHaveLength(withExtra.length);
});

test('float64 is fed and read as it is', async () => {
  const main = graph({
    inputs: [value('x', 'float64', ['N', 2])],
    outputs: [value('y', 'float64', ['N', 2])],
    nodes: [node('Add', ['x', 'x'], ['y'])],
  });
  const spec = await readModel(folder.model('double.onnx', model(main)));
  const mended = await mendModel(spec);
  expect(mended).toMatchObject({ kind: 'original', inputs: [{ elementType: 'float64' }] });
  expect((await probeModel({ spec, mended })).outputs['y']).toMatchObject({ dims: [1, 2] });
});

test.each([
  ['float8e4m3fn', 'float8-boundary', 'float32', [1.0625, -0.75, 448], [1, -0.75, 448]],
  ['float8e5m2', 'float8-boundary', 'float32', [1.0625, -0.75, 57344], [1, -0.75, 57344]],
  ['float8e4m3fnuz', 'float8-boundary', 'float32', [1.0625, -0.75, 240], [1, -0.75, 240]],
  ['float8e5m2fnuz', 'float8-boundary', 'float32', [1.0625, -0.75, 57344], [1, -0.75, 57344]],
] as const)('%s in and out: %s', async (type, kind, elementType, data, rounded) => {
  const through = [node('Cast', ['x'], ['wide'], { to: elementCode(elementType) }), node('Cast', ['wide'], ['y'], { to: elementCode(type) })];
  const main = graph({ inputs: [value('x', type, [3])], outputs: [value('y', type, [3])], nodes: through });
  const spec = await readModel(folder.model('exotic.onnx', model(main, { irVersion: 11, opsets: { 'ai.onnx': 23 } })));
  expect(spec.otherValues.map((other) => other.type)).toEqual([`tensor of ${type}`, `tensor of ${type}`]);
  const mended = await mendModel(spec);
  expect(mended.mendings.map((one) => [one.kind, one.tensor])).toEqual([[kind, 'x'], [kind, 'y']]);
  const file = folder.file('cast.onnx', bytesOf(mended));
  const [answer] = await runModels([{ file, feeds: { x: { type: elementType, dims: [3], data } } }], folder);
  expect(answer).toEqual({ y: { type: elementType, dims: [3], data: rounded } });
}); // prettier-ignore
