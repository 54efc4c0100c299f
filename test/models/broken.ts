import { deflateRawSync, gzipSync } from 'node:zlib';
import type { ErrorCode } from '../../generator/errors.ts';
import { classifier } from './classifier.ts';
import { graph, model, modelBytes, node, tensor, value } from './proto.ts';

/** Files that are no model, or none that can be served: content and the code that each is refused with. */
export interface Broken {
  readonly name: string;
  readonly code: ErrorCode;
  readonly bytes: Uint8Array;
}

const good = modelBytes(classifier());
const text = (content: string): Uint8Array => Buffer.from(content);
const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

/** A zip archive with these files; enough of the format for anybody who reads its directory. */
export function zip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content);
    const sizes = Buffer.alloc(12); // crc stays 0: nobody unpacks it
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(content.length, 8);
    const lengths = Buffer.alloc(4);
    lengths.writeUInt16LE(Buffer.byteLength(name));
    const common = Buffer.concat([bytes([20, 0, 0, 8, 8, 0, 0, 0, 0, 0]), sizes, lengths]);
    const local = Buffer.concat([bytes('PK', [3, 4]), common, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([bytes('PK', [1, 2, 20, 0]), common, place, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...directory, bytes('PK', [5, 6]), end]);
}

function tar(name: string, content: Uint8Array): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644', 100);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write('ustar', 257);
  return Buffer.concat([header, content, Buffer.alloc(1024)]);
}

/** Bytes that look like nothing: the high bit of every one is set, so that no tag of a message ends. */
const noise = Uint8Array.from({ length: 4096 }, (_, i) => 0x80 | ((i * 197 + (i >> 3)) & 0x7f));

const withOperator = (opType: string, domain: string): Uint8Array =>
  modelBytes(
    model(
      graph({
        inputs: [value('x', 'float32', [1, 3])],
        outputs: [value('y', 'float32', [1, 3])],
        nodes: [node(opType, ['x'], ['y'], {}, domain)],
      }),
      { opsets: { 'ai.onnx': 17, ...(domain && { [domain]: 1 }) } },
    ),
  );

const withOperators = modelBytes(
  model(
    graph({
      inputs: [value('x', 'float32', [1, 3])],
      outputs: [value('y', 'float32', [1, 3])],
      nodes: [
        node('Mine', ['x'], ['a'], {}, 'com.example'),
        node('Yours', ['a'], ['b'], {}, 'com.example'),
        node('Mine', ['b'], ['c'], {}, 'org.other'),
        node('Mine', ['c'], ['y'], {}, 'com.example'),
      ],
    }),
    { opsets: { 'ai.onnx': 17, 'com.example': 1, 'org.other': 1 } },
  ),
);

const inSubgraph = modelBytes(
  model(
    graph({
      inputs: [value('flag', 'bool', []), value('x', 'float32', [1, 3])],
      outputs: [value('y', 'float32', [1, 3])],
      nodes: [
        node('If', ['flag'], ['y'], {
          then_branch: graph({ nodes: [node('Mine', ['x'], ['a'], {}, 'com.example')], outputs: [value('a', 'float32')] }),
          else_branch: graph({ nodes: [node('Relu', ['x'], ['b'])], outputs: [value('b', 'float32')] }),
        }),
      ],
    }),
    { opsets: { 'ai.onnx': 17, 'com.example': 1 } },
  ),
); // prettier-ignore

const noInput = modelBytes(
  model(
    graph({
      outputs: [value('y', 'float32', [1])],
      weights: [tensor('x', 'float32', [1], [1])],
      nodes: [node('Relu', ['x'], ['y'])],
    }),
  ),
);
const noOutput = modelBytes(
  model(graph({ inputs: [value('x', 'float32', [1])], nodes: [node('Relu', ['x'], ['y'])] })),
);

export const BROKEN: readonly Broken[] = [
  { name: 'empty', code: 'MODEL_EMPTY', bytes: text('') },
  { name: 'half', code: 'MODEL_TRUNCATED', bytes: good.subarray(0, good.length / 2) },
  { name: 'last byte gone', code: 'MODEL_TRUNCATED', bytes: good.subarray(0, -1) },
  { name: 'version only', code: 'MODEL_TRUNCATED', bytes: good.subarray(0, 2) },
  { name: 'lfs pointer', code: 'MODEL_IS_LFS_POINTER', bytes: text('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n') },
  { name: 'html', code: 'MODEL_IS_HTML', bytes: text('\n<!DOCTYPE html>\n<html><head><title>404</title></head></html>') },
  { name: 'html without doctype', code: 'MODEL_IS_HTML', bytes: text('<HTML lang="en"><body>Not found</body></HTML>') },
  { name: 'pickle protocol 4', code: 'MODEL_IS_PICKLE', bytes: bytes([0x80, 4, 0x95, 10, 0, 0, 0, 0, 0, 0, 0], 'sklearn.pipeline') },
  { name: 'pickle protocol 0', code: 'MODEL_IS_PICKLE', bytes: text('ccollections\nOrderedDict\np0\n(tp1\nRp2\n.') },
  { name: 'torch zip', code: 'MODEL_IS_PICKLE', bytes: zip({ 'model/data.pkl': text('x'), 'model/data/0': noise }) },
  { name: 'zip', code: 'MODEL_IS_ARCHIVE', bytes: zip({ 'model.onnx': good }) },
  { name: 'gzip', code: 'MODEL_IS_ARCHIVE', bytes: gzipSync(good) },
  { name: 'tar', code: 'MODEL_IS_ARCHIVE', bytes: tar('model.onnx', good) },
  { name: '7z', code: 'MODEL_IS_ARCHIVE', bytes: bytes([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]) },
  { name: 'xz', code: 'MODEL_IS_ARCHIVE', bytes: bytes([0xfd], '7zXZ', [0, 0, 4]) },
  { name: 'tflite', code: 'MODEL_NOT_ONNX', bytes: bytes([0x1c, 0, 0, 0], 'TFL3', [0, 0, 0, 0, 18, 0]) },
  { name: 'ort format', code: 'MODEL_NOT_ONNX', bytes: bytes([0x18, 0, 0, 0], 'ORTM', [0, 0, 0, 0, 0, 0]) },
  { name: 'keras h5', code: 'MODEL_NOT_ONNX', bytes: bytes([0x89], 'HDF\r\n', [0x1a, 0x0a]) },
  { name: 'safetensors', code: 'MODEL_NOT_ONNX', bytes: bytes([0x40, 0, 0, 0, 0, 0, 0, 0], '{"weight":{"dtype":"F32"}}') },
  { name: 'gguf', code: 'MODEL_NOT_ONNX', bytes: bytes('GGUF', [3, 0, 0, 0, 0, 0, 0, 0]) },
  { name: 'keras 3', code: 'MODEL_NOT_ONNX', bytes: zip({ 'metadata.json': text('{}'), 'model.weights.h5': noise }) },
  { name: 'saved model', code: 'MODEL_NOT_ONNX', bytes: bytes([0x08, 1, 0x12, 0x80, 1, 0x0a, 15], 'serving_default', new Array<number>(111).fill(0)) },
  { name: 'tensorflow graph', code: 'MODEL_NOT_ONNX', bytes: bytes([0x0a, 16, 0x0a, 1], 'x', [0x12, 11], 'Placeholder') },
  { name: 'core ml', code: 'MODEL_NOT_ONNX', bytes: bytes([0x08, 4, 0x12, 9, 0x0a, 7, 0x0a, 5], 'image', [0xa2, 0x1f, 0]) },
  { name: 'tensorrt', code: 'MODEL_NOT_ONNX', bytes: bytes('ftrt', [1, 0, 0, 0]) },
  { name: 'numpy', code: 'MODEL_NOT_ONNX', bytes: bytes([0x93], 'NUMPY', [1, 0]) },
  { name: 'ncnn', code: 'MODEL_NOT_ONNX', bytes: text('7767517\n3 3\nInput data 0 1 data\n') },
  { name: 'lightgbm', code: 'MODEL_NOT_ONNX', bytes: text('tree\nversion=v4\nnum_class=1\n') },
  { name: 'xgboost json', code: 'MODEL_NOT_ONNX', bytes: text('{"learner":{"attributes":{}}}') },
  { name: 'xgboost ubj', code: 'MODEL_NOT_ONNX', bytes: bytes('{L', [0, 0, 0, 0, 0, 0, 0, 7], 'learner{') },
  { name: 'openvino', code: 'MODEL_NOT_ONNX', bytes: text('<?xml version="1.0"?>\n<net name="m" version="11">') },
  { name: 'jpeg', code: 'MODEL_NOT_ONNX', bytes: bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF') },
  { name: 'png', code: 'MODEL_NOT_ONNX', bytes: bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]) },
  { name: 'json', code: 'MODEL_NOT_ONNX', bytes: text('{"irVersion": 8, "graph": {}}') },
  { name: 'text', code: 'MODEL_NOT_ONNX', bytes: text('This is the model that you asked for.\n') },
  { name: 'protobuf text', code: 'MODEL_NOT_ONNX', bytes: text('ir_version: 8\ngraph {\n}\n') },
  { name: 'zeros', code: 'MODEL_NOT_ONNX', bytes: new Uint8Array(1000) },
  { name: 'noise', code: 'MODEL_NOT_ONNX', bytes: noise },
  { name: 'IR version 14', code: 'MODEL_TOO_NEW', bytes: modelBytes(classifier({ irVersion: 14 })) },
  { name: 'opset 27', code: 'MODEL_TOO_NEW', bytes: modelBytes(classifier({ opsets: { 'ai.onnx': 27 } })) },
  { name: 'opset 6 of ai.onnx.ml', code: 'MODEL_TOO_NEW', bytes: modelBytes(classifier({ opsets: { 'ai.onnx': 17, 'ai.onnx.ml': 6 } })) },
  { name: 'custom operator', code: 'MODEL_CUSTOM_OPERATOR', bytes: withOperator('Mine', 'com.example') },
  { name: 'custom operators', code: 'MODEL_CUSTOM_OPERATOR', bytes: withOperators },
  { name: 'custom operator in a branch', code: 'MODEL_CUSTOM_OPERATOR', bytes: inSubgraph },
  { name: 'no input', code: 'MODEL_DOES_NOT_LOAD', bytes: noInput },
  { name: 'no output', code: 'MODEL_DOES_NOT_LOAD', bytes: noOutput },
]; // prettier-ignore

/** Models that read well, and that the runtime refuses. */
export const UNLOADABLE: readonly Broken[] = [
  { name: 'unknown operator', code: 'MODEL_CUSTOM_OPERATOR', bytes: withOperator('Nope', '') },
  { name: 'unknown Microsoft operator', code: 'MODEL_CUSTOM_OPERATOR', bytes: withOperator('Nope', 'com.microsoft') },
  {
    name: 'a value that nobody makes',
    code: 'MODEL_DOES_NOT_LOAD',
    bytes: modelBytes(
      model(
        graph({
          inputs: [value('x', 'float32', [1, 3])],
          outputs: [value('y', 'float32', [1, 3])],
          nodes: [node('Add', ['x', 'nowhere'], ['y'])],
        }),
      ),
    ),
  },
]; // prettier-ignore
