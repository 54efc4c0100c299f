import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ToolError } from '../../../generator/errors.ts';
import { mendModel } from '../../../generator/model/mend.ts';
import { probeModel } from '../../../generator/model/probe.ts';
import { readModel } from '../../../generator/model/read.ts';
import { ELEMENT_TYPES } from '../../../generator/model/spec.ts';
import { classifier } from '../../models/classifier.ts';
import { Folder } from '../../models/files.ts';
import { localFunction } from '../../models/functions.ts';
import { mobileNetV2 } from '../../models/mobilenetv2.ts';
import { random } from '../../models/numbers.ts';
import { repository } from '../../models/places.ts';
import { graph, model, modelBytes, node, tensor, value } from '../../models/proto.ts';

const folder = new Folder();
afterAll(() => folder.dispose());

test('the digits model, all of it', async () => {
  const file = repository('fixtures/digits/digits.onnx');
  const bytes = readFileSync(file);
  expect(await readModel(file)).toEqual({
    file,
    externalData: [],
    bytes: bytes.length,
    externalBytes: 0,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    graphName: 'digits',
    producer: 'create-onnx-lambda',
    irVersion: 8,
    opsets: { 'ai.onnx': 17 },
    parameters: 11_386,
    operators: { AveragePool: 1, Flatten: 1, Gemm: 3, Relu: 2 },
    inputs: [{ name: 'input', elementType: 'float32', dims: ['N', 1, 32, 32] }],
    outputs: [{ name: 'logits', elementType: 'float32', dims: ['N', 10] }],
    otherValues: [],
    unknownRank: [],
    initializersAsInputs: [],
    madeBy: { logits: 'Gemm' },
    readInside: [],
    classNames: {},
    mendings: [],
    served: {
      inputs: [{ name: 'input', elementType: 'float32', dims: ['N', 1, 32, 32] }],
      outputs: [{ name: 'logits', elementType: 'float32', dims: ['N', 10] }],
      otherValues: [],
      unknownRank: [],
    },
    metadata: {
      'Image.BitmapPixelFormat': 'Gray8',
      'Image.ColorSpaceGamma': 'SRGB',
      'Image.NominalPixelRange': 'Normalized_0_1',
      doc_string: "Handwritten digits, trained on scikit-learn's bundled data set",
    },
  });
});

test('dims: fixed, named, unknown; a tensor of unknown rank; values that are no tensors', async () => {
  const sequence = value('bag', 'float32');
  sequence.type = {
    $typeName: 'onnx.TypeProto',
    denotation: '',
    value: { case: 'sequenceType', value: { $typeName: 'onnx.TypeProto.Sequence', elemType: value('', 'int64').type } },
  } as NonNullable<typeof sequence.type>;
  const file = folder.model(
    'dims.onnx',
    model(
      graph({
        inputs: [value('a', 'uint8', [1, 'N', null, 0, -1]), value('b', 'float64', [])],
        outputs: [value('c', 'string'), sequence],
        nodes: [node('Relu', ['a'], ['c'])],
      }),
      { metadata: { names: 'x' } },
    ),
  );
  expect(await readModel(file)).toMatchObject({
    inputs: [
      { name: 'a', elementType: 'uint8', dims: [1, 'N', null, null, null] },
      { name: 'b', elementType: 'float64', dims: [] },
    ],
    outputs: [{ name: 'c', elementType: 'string', dims: [] }],
    otherValues: [{ name: 'bag', side: 'output', type: 'sequence of tensor of int64' }],
    unknownRank: ['c'],
    metadata: { names: 'x' },
  });
});

test('operators of branches and of local functions count; a local function is no custom operator', async () => {
  const spec = await readModel(folder.model('function.onnx', localFunction()));
  expect(spec.operators).toEqual({ Div: 1, If: 1, Neg: 1, Relu: 1, Softmax: 1 });
  // The function's last operator makes the output.
  expect(spec.madeBy).toEqual({ y: 'Softmax' });
});

test('200 MB are read without the weights: neither memory nor time goes by their size', async () => {
  const next = random(5);
  const data = Buffer.alloc(
    40 << 20,
    Uint8Array.from({ length: 4099 }, () => next() * 256),
  );
  const weights = [1, 2, 3, 4, 5].map((i) => {
    const weight = tensor(`w${i}`, 'uint8', [data.length], []);
    weight.rawData = data;
    return weight;
  });
  const big = classifier();
  big.graph?.initializer.push(...weights);
  const bytes = modelBytes(big);
  const file = folder.file('big.onnx', bytes);
  const before = process.memoryUsage().arrayBuffers;
  const start = performance.now();
  const spec = await readModel(file);
  const took = performance.now() - start;
  expect(spec).toMatchObject({ bytes: bytes.length, operators: { Conv: 1, Flatten: 1, Gemm: 1, Relu: 1 } });
  expect(spec.parameters).toBe(5 * data.length + 5526 - 4);
  expect(spec.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 << 20);
  // 0.2 s on a free machine; hashing alone is most of it.
  expect(took).toBeLessThan(3_000);
});

test('a MobileNetV2 by its numbers', async () => {
  const spec = await readModel(folder.model('mobilenet.onnx', mobileNetV2()));
  expect(spec).toMatchObject({
    operators: { Add: 10, Clip: 35, Conv: 52, Flatten: 1, Gemm: 1, GlobalAveragePool: 1 },
    inputs: [{ dims: ['batch', 3, 224, 224] }],
    outputs: [{ dims: ['batch', 1000] }],
  });
  expect(spec.parameters).toBeCloseTo(3.5e6, -5);
});

test.each(ELEMENT_TYPES)('%s at the boundary', async (elementType) => {
  const main = graph({
    inputs: [value('x', elementType, [1])],
    outputs: [value('y', elementType, [1])],
    nodes: [node('Identity', ['x'], ['y'])],
  });
  const spec = await readModel(folder.model('type.onnx', model(main)));
  expect(spec).toMatchObject({ inputs: [{ elementType }], outputs: [{ elementType }], otherValues: [] });
});

describe('laws', () => {
  const good = modelBytes(classifier({ size: { height: 8, width: 8 }, classes: 3, metadata: { author: 'me' } }));
  const codeOf = async (bytes: Uint8Array): Promise<string> => {
    const file = folder.file('any.onnx', bytes);
    return readModel(file).then(
      () => 'read',
      (error: unknown) => (error instanceof ToolError ? error.code : String(error)),
    );
  };

  test('a model that is cut anywhere is truncated, or lacks only its last words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: good.length - 1 }), async (length) => {
        const code = await codeOf(good.subarray(0, length));
        // After the opsets only metadata is left: without it the model is whole.
        const opsets = good.length - 'author'.length - 'me'.length - 6;
        expect(code).toBe(length === opsets ? 'read' : 'MODEL_TRUNCATED');
      }),
      { numRuns: 300 },
    );
  });

  test('a damaged model or any bytes are read or refused, never an unexpected error', async () => {
    const damaged = fc
      .tuple(fc.integer({ min: 0, max: good.length - 1 }), fc.integer({ min: 0, max: 255 }))
      .map(([at, byte]) => Uint8Array.from(good, (old, i) => (i === at ? byte : old)));
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
        expect(await codeOf(bytes)).toMatch(/^(read|MODEL_[A-Z_]+)$/);
      }),
      { numRuns: 500 },
    );
  });

  test('whatever the weights are, reading says the same but size and hash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
        const read = async (one: number) => {
          const { sha256, ...rest } = await readModel(folder.model('seed.onnx', classifier({ seed: one })));
          return { sha256, rest };
        };
        const [a, b] = [await read(seed), await read(seed + 1)];
        expect(a.rest).toEqual(b.rest);
        expect(a.sha256).not.toBe(b.sha256);
      }),
      { numRuns: 20 },
    );
  });
});

test.each([
  ['toString', 'constructor'],
  ['x', '__proto__'],
  ['__proto__', 'y'],
])('an input may be called %s and an output %s', async (input, output) => {
  const nodes = [node('Relu', [input], [output])];
  const sides = { inputs: [value(input, 'float32', [1, 4])], outputs: [value(output, 'float32', [1, 4])] };
  const spec = await readModel(folder.model('named.onnx', model(graph({ ...sides, weights: [], nodes }))));
  expect(spec.served).toMatchObject({ inputs: [{ name: input }], outputs: [{ name: output }] });
  const trial = await probeModel({ spec, mended: await mendModel(spec) });
  expect(Object.entries(trial.inputs)).toEqual([[input, [1, 4]]]);
  expect(Object.entries(trial.outputs)).toMatchObject([[output, { dims: [1, 4] }]]);
});
