import type { Body } from './http.ts';

/** What values are sent in, and come back in, by the datatype of the Open Inference Protocol. */
export interface Elements {
  BOOL: { sent: readonly boolean[]; got: boolean[] };
  INT8: { sent: readonly number[] | Int8Array; got: Int8Array };
  INT16: { sent: readonly number[] | Int16Array; got: Int16Array };
  INT32: { sent: readonly number[] | Int32Array; got: Int32Array };
  INT64: { sent: readonly bigint[] | BigInt64Array; got: BigInt64Array };
  UINT8: { sent: readonly number[] | Uint8Array | Uint8ClampedArray; got: Uint8Array };
  UINT16: { sent: readonly number[] | Uint16Array; got: Uint16Array };
  UINT32: { sent: readonly number[] | Uint32Array; got: Uint32Array };
  UINT64: { sent: readonly bigint[] | BigUint64Array; got: BigUint64Array };
  FP16: { sent: readonly number[] | Float32Array; got: Float32Array };
  BF16: { sent: readonly number[] | Float32Array; got: Float32Array };
  FP32: { sent: readonly number[] | Float32Array; got: Float32Array };
  FP64: { sent: readonly number[] | Float64Array; got: Float64Array };
  BYTES: { sent: readonly string[]; got: string[] };
}

export type Datatype = keyof Elements;

/** A tensor to send: its values row by row, outermost first. The shape may be left out where no size of it is open. */
export type Input<Type extends Datatype, Shape extends readonly number[]> = {
  readonly data: Elements[Type]['sent'];
} & (number extends Shape[number] ? { readonly shape: Shape } : { readonly shape?: Shape });

/** A tensor that came back. */
export interface Output<Type extends Datatype, Shape extends readonly number[]> {
  readonly datatype: Type;
  readonly shape: Shape;
  readonly data: Elements[Type]['got'];
}

/** What the model says of an input or output; -1 stands for a size that is open. */
export interface TensorFacts {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
}

/** A tensor in the protocol's JSON. */
export interface TensorJson extends TensorFacts {
  readonly data: readonly unknown[];
}

/** An answer in the protocol's JSON. */
export interface InferJson {
  readonly model_name: string;
  readonly model_version?: string;
  readonly id?: string;
  readonly outputs: readonly TensorJson[];
}

type Encode = (value: never) => unknown;
type Decode = (data: readonly never[]) => Elements[Datatype]['got'];

/** A number in JSON is exact up to 2^53; beyond it the service takes a string of digits. */
const digits = (value: bigint): unknown => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value));

/** Nine digits tell every float32 from the next, and are half as long as what JavaScript prints. */
const short = (value: number): number => Number(value.toPrecision(9));

const ENCODE: Readonly<Partial<Record<Datatype, Encode>>> = {
  INT64: digits,
  UINT64: digits,
  FP16: short,
  BF16: short,
  FP32: short,
};

// Where `parseExact` read the answer, long numbers are strings.
const DECODE: Readonly<Record<Datatype, Decode>> = {
  BOOL: (data) => data.map(Boolean),
  INT8: (data) => Int8Array.from(data),
  INT16: (data) => Int16Array.from(data),
  INT32: (data) => Int32Array.from(data),
  INT64: (data) => BigInt64Array.from(data, BigInt),
  UINT8: (data) => Uint8Array.from(data),
  UINT16: (data) => Uint16Array.from(data),
  UINT32: (data) => Uint32Array.from(data),
  UINT64: (data) => BigUint64Array.from(data, BigInt),
  FP16: (data) => Float32Array.from(data, Number),
  BF16: (data) => Float32Array.from(data, Number),
  FP32: (data) => Float32Array.from(data, Number),
  FP64: (data) => Float64Array.from(data, Number),
  BYTES: (data) => [...data],
};

/** An inference request. */
export function encodeRequest(
  inputs: object,
  facts: readonly TensorFacts[],
  outputs: readonly string[] | undefined,
  id: string | undefined,
): Body {
  const given = inputs as Readonly<
    Record<string, { readonly data: ArrayLike<never>; readonly shape?: readonly number[] }>
  >;
  const tensors = facts.map(({ name, datatype, shape }): TensorJson => {
    const one = given[name];
    if (!one) throw new TypeError(`The input ${JSON.stringify(name)} is missing.`);
    const encode = ENCODE[datatype];
    return {
      name,
      datatype,
      shape: one.shape ?? shape,
      data: encode ? Array.from(one.data, encode) : Array.from(one.data),
    };
  });
  const body = JSON.stringify({ id, inputs: tensors, outputs: outputs?.map((name) => ({ name })) });
  return { contentType: 'application/json', body };
}

/** An inference answer; outputs by name, which may be any text, `__proto__` too. */
export function decodeResponse(text: string, facts: readonly TensorFacts[]): object {
  const isLong = facts.some(({ datatype }) => datatype.endsWith('INT64'));
  const answer = (isLong ? parseExact(text) : JSON.parse(text)) as InferJson;
  const outputs = answer.outputs.map(
    ({ name, datatype, shape, data }) => [name, { datatype, shape, data: DECODE[datatype](data as never[]) }] as const,
  );
  return {
    modelName: answer.model_name,
    modelVersion: answer.model_version,
    id: answer.id,
    outputs: Object.fromEntries(outputs),
  };
}

/** JSON in which whole numbers that JavaScript would round are strings of digits. */
function parseExact(text: string): unknown {
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
  return JSON.parse(text.replace(tokens, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)));
}
