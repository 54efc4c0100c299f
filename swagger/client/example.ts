import type { Blueprint } from '../../generator/blueprint.ts';
import type { Operation } from '../operation.ts';
import { datatypeOf } from '../protocol.ts';
import { literal, propertyName } from '../typescript.ts';

type Tensor = Blueprint['model']['inputs'][number];

/** What a call of the client looks like, for people. */
export interface ClientExample {
  /** Imports besides that of the client. */
  readonly imports: readonly string[];
  readonly call: string;
}

/**
 * A call of the client that the service takes.
 *
 * @param predict POST /predict, where there is one
 * @param picture path of a file whose bytes are a request
 */
export function clientExample(
  { model }: Blueprint,
  predict: Operation | undefined,
  picture: string | undefined,
): ClientExample {
  if (!predict?.request) {
    const inputs = model.inputs.map((tensor) => `  ${propertyName(tensor.name)}: ${exampleOf(tensor)},\n`);
    return { imports: [], call: `client.infer({\n${inputs.join('')}})` };
  }
  if (predict.request.bytes.length === 0 || picture === undefined)
    return { imports: [], call: `client.predict(${literal(predict.request.example)})` };
  return {
    imports: [`import { readFile } from 'node:fs/promises';`],
    call: `client.predict(await readFile(${literal(picture)}))`,
  };
}

/** More values are not written out. */
const FEW = 8;

const ARRAYS: Readonly<Record<string, string>> = {
  INT8: 'Int8Array',
  INT16: 'Int16Array',
  INT32: 'Int32Array',
  INT64: 'BigInt64Array',
  UINT8: 'Uint8Array',
  UINT16: 'Uint16Array',
  UINT32: 'Uint32Array',
  UINT64: 'BigUint64Array',
  FP16: 'Float32Array',
  BF16: 'Float32Array',
  FP32: 'Float32Array',
  FP64: 'Float64Array',
};

const ONE: Readonly<Record<string, string>> = { BOOL: 'true', BYTES: `'text'`, INT64: '1n', UINT64: '1n' };

/** Open sizes are 1. */
function exampleOf(tensor: Tensor): string {
  const datatype = datatypeOf(tensor);
  const shape = tensor.dims.map((dim) => (typeof dim === 'number' ? dim : 1));
  const length = shape.reduce((product, size) => product * size, 1);
  const one = ONE[datatype] ?? '1';
  const array = ARRAYS[datatype];
  const many = array ? `new ${array}(${length})` : `Array(${length}).fill(${one})`;
  const data = length > FEW ? many : `[${Array(length).fill(one).join(', ')}]`;
  return `{ shape: [${shape.join(', ')}], data: ${data} }`;
}
