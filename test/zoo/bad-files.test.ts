import { create } from '@bufbuild/protobuf';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ErrorCode } from '../../generator/errors.ts';
import { TypeProtoSchema } from '../../generator/model/onnx_pb.ts';
import { freshFolder, PLAIN_ENV } from '../cli/folders.ts';
import { BROKEN, type Broken } from '../models/broken.ts';
import { classifier } from '../models/classifier.ts';
import { external } from '../models/external.ts';
import { graph, model, modelBytes, node, sequenceOf, tensor, tensorOf, value, valueOfType } from '../models/proto.ts';
import { runBin } from '../rig/bins.ts';

const folder = freshFolder();

/** What lies in the folder; a pipe among it is not opened. */
const names = (): string[] => (readdirSync(folder(), { recursive: true }) as string[]).sort();

/** Exit 2, the code first on stderr, nothing on stdout, and the folder as it was. */
async function expectRefused(file: string, code: ErrorCode): Promise<void> {
  const before = names();
  const args = ['api', '--model', file, '--yes', '--skip-install', '--no-git'];
  const options = { cwd: folder(), env: PLAIN_ENV, extendEnv: false, timeout: 30_000 };
  const { exitCode, stdout, stderr } = await runBin('create', args, options);
  expect({ exitCode, stdout, code: stderr.split(':')[0] }).toEqual({ exitCode: 2, stdout: '', code });
  expect(names()).toEqual(before);
}

const write = (path: string, content: Uint8Array | string): string => {
  const file = join(folder(), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
};

// The signature of an image classifier: what is wrong shows only when the graph is loaded.
const x = value('x', 'float32', [1, 3, 32, 32]);
const y = value('y', 'float32', [1, 10]);
const named = (name: string, code: ErrorCode, bytes: Uint8Array): Broken => ({ name, code, bytes });
const of = (...nodes: ReturnType<typeof node>[]): Uint8Array =>
  modelBytes(model(graph({ inputs: [x], outputs: [y], nodes })));

/** The version as bytes, and the graph as a number. */
const wrongWire = Uint8Array.from([0x0a, 1, 8, 0x38, 1]);
/** A graph in a node in a graph …, deeper than any parser's stack. */
const nested = (depth: number): Uint8Array => {
  let inner = Buffer.from('');
  const wrap = (tag: number, content: Uint8Array): Buffer => {
    const size: number[] = [];
    let rest = content.length;
    do {
      size.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
      rest >>>= 7;
    } while (rest > 0);
    return Buffer.concat([Uint8Array.from([tag, ...size]), content]);
  };
  // graph.node = 1, node.attribute = 5, attribute.g = 6
  for (let i = 0; i < depth; i++) inner = wrap(0x0a, wrap(0x2a, wrap(0x32, inner))) as Buffer<ArrayBuffer>;
  return Buffer.concat([Uint8Array.from([8, 8]), wrap(0x3a, inner), wrap(0x42, Uint8Array.from([16, 17]))]);
};

const HOSTILE: readonly Broken[] = [
  named('an input twice', 'MODEL_DOES_NOT_LOAD', modelBytes(model(graph({ inputs: [x, x], outputs: [y], nodes: [node('Relu', ['x'], ['y'])] })))),
  named('an input without a type', 'TASK_DOES_NOT_FIT',
    modelBytes(model(graph({ inputs: [valueOfType('x', create(TypeProtoSchema, {}))], outputs: [y], nodes: [node('Relu', ['x'], ['y'])] })))),
  named('a list of tensors of different shapes', 'MODEL_DOES_NOT_RUN',
    modelBytes(model(graph({ inputs: [value('x', 'float32', [3, 2])], outputs: [valueOfType('parts', sequenceOf(tensorOf('float32')))],
      weights: [tensor('sizes', 'int64', [2], [1, 2])], nodes: [node('SplitToSequence', ['x', 'sizes'], ['parts'])] })))),
  named('two models in one file', 'MODEL_DOES_NOT_LOAD', Buffer.concat([of(node('Relu', ['x'], ['y'])), of(node('Relu', ['x'], ['y']))])),
  named('something behind the model', 'MODEL_TRUNCATED', Buffer.concat([of(node('Relu', ['x'], ['y'])), Uint8Array.of(0xff, 0xff, 0xff)])),
  named('nodes in a circle', 'MODEL_DOES_NOT_LOAD', of(node('Add', ['x', 'b'], ['a']), node('Relu', ['a'], ['b']), node('Relu', ['b'], ['y']))),
  named('an operator that Microsoft does not have', 'MODEL_CUSTOM_OPERATOR',
    modelBytes(model(graph({ inputs: [x], outputs: [y], nodes: [node('Nope', ['x'], ['y'], {}, 'com.microsoft')] }), { opsets: { 'ai.onnx': 17, 'com.microsoft': 1 } }))),
  named('two makers of one value', 'MODEL_DOES_NOT_LOAD', of(node('Relu', ['x'], ['y']), node('Neg', ['x'], ['y']))),
  named('an output that nobody makes', 'MODEL_DOES_NOT_LOAD', of(node('Relu', ['x'], ['z']))),
  named('a weight with less data than its dims', 'MODEL_DOES_NOT_LOAD',
    modelBytes(model(graph({ inputs: [x], outputs: [y], weights: [tensor('w', 'float32', [100_000, 100_000], [1])], nodes: [node('Add', ['x', 'w'], ['y'])] })))),
  named('a weight of negative size', 'MODEL_DOES_NOT_LOAD',
    modelBytes(model(graph({ inputs: [x], outputs: [y], weights: [tensor('w', 'float32', [-3], [1, 2, 3])], nodes: [node('Add', ['x', 'w'], ['y'])] })))),
  named('an operator with an input too many', 'MODEL_DOES_NOT_LOAD', of(node('Relu', ['x', 'x'], ['y']))),
  named('fields of the wrong wire type', 'MODEL_NOT_ONNX', wrongWire),
  named('subgraphs 20,000 deep', 'MODEL_NOT_ONNX', nested(20_000)),
]; // prettier-ignore

describe('files', () => {
  // What is an archive may be one that can be read; what is in ours can't be.
  const plain = BROKEN.filter(({ code }) => code !== 'MODEL_IS_ARCHIVE');
  test.each([...plain, ...HOSTILE])('$name: $code', async ({ code, bytes }) => {
    await expectRefused(write('m.onnx', bytes), code);
  });
});

describe('places', () => {
  test('nothing there', () => expectRefused('gone.onnx', 'MODEL_NOT_FOUND'));
  test('a pipe that nobody writes to', async () => {
    execFileSync('mkfifo', [join(folder(), 'pipe.onnx')]);
    await expectRefused('pipe.onnx', 'MODEL_UNREADABLE');
  });
  test('a device', () => expectRefused('/dev/zero', 'MODEL_UNREADABLE'));
  test('a link to itself', async () => {
    symlinkSync('loop.onnx', join(folder(), 'loop.onnx'));
    await expectRefused('loop.onnx', 'MODEL_UNREADABLE');
  });
});

describe('external data', () => {
  test.each([
    ['that is not there', 'gone.data', 'MODEL_EXTERNAL_DATA_MISSING'],
    ['at an absolute path', '/etc/passwd', 'MODEL_EXTERNAL_DATA_OUTSIDE'],
    ['above the folder', '../weights.data', 'MODEL_EXTERNAL_DATA_OUTSIDE'],
    ['in folders as Windows names them', 'sub\\w.data', 'MODEL_EXTERNAL_DATA_MISSING'],
    ['above the folder by a detour', 'a/../../weights.data', 'MODEL_EXTERNAL_DATA_OUTSIDE'],
  ] as const)('%s', async (_, location, code) => {
    await expectRefused(write('models/m.onnx', modelBytes(external(classifier(), location).model)), code);
  });
  test('through a link', async () => {
    const { model: linked, data } = external(classifier(), 'link.data');
    const file = write('models/m.onnx', modelBytes(linked));
    symlinkSync(write('elsewhere.data', data), join(dirname(file), 'link.data'));
    await expectRefused(file, 'MODEL_EXTERNAL_DATA_OUTSIDE');
  });
  test.each([
    ['before the file', '-4', '8', 'MODEL_DOES_NOT_LOAD'],
    ['no number', 'four', '8', 'MODEL_TRUNCATED'],
    ['behind the file', '4', '4611686018427387904', 'MODEL_TRUNCATED'],
  ] as const)('with an offset that is %s', async (_, offset, length, code) => {
    const { model: placed, data } = external(classifier(), 'w.data');
    write('models/w.data', data);
    for (const { externalData } of placed.graph?.initializer ?? [])
      for (const entry of externalData) entry.value = { offset, length, location: 'w.data' }[entry.key] ?? entry.value;
    await expectRefused(write('models/m.onnx', modelBytes(placed)), code);
  });
  test('cut short', async () => {
    const { model: short, data } = external(classifier(), 'short.data');
    write('models/short.data', data.subarray(0, 100));
    await expectRefused(write('models/m.onnx', modelBytes(short)), 'MODEL_TRUNCATED');
  });
});
