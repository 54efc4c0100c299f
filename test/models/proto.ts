import { create, toBinary } from '@bufbuild/protobuf';
import { elementCode } from '../../generator/model/elements.ts';
import {
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
  TypeProtoSchema,
  TypeProto_MapSchema,
  TypeProto_OptionalSchema,
  TypeProto_SequenceSchema,
  ValueInfoProtoSchema,
  type AttributeProto,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from '../../generator/model/onnx_pb.ts';
import type { DeclaredType, Dim, ElementType } from '../../generator/model/spec.ts';
import { toBfloat16, toHalf } from './numbers.ts';

// Short words for building ONNX graphs in tests: value, weight, node, graph, model.

/** An input or output; `dims` left out: not even the rank is known. */
export function value(name: string, elementType: DeclaredType, dims?: readonly Dim[]): ValueInfoProto {
  const dim = dims?.map((size) => {
    if (size === null) return {};
    return typeof size === 'number'
      ? { value: { case: 'dimValue' as const, value: BigInt(size) } }
      : { value: { case: 'dimParam' as const, value: size } };
  });
  return create(ValueInfoProtoSchema, {
    name,
    type: {
      value: { case: 'tensorType', value: { elemType: elementCode(elementType), ...(dim && { shape: { dim } }) } },
    },
  });
}

type Type = NonNullable<ValueInfoProto['type']>;
type Case = NonNullable<Type['value']>;

const typed = (of: Case): Type => create(TypeProtoSchema, { value: of });

/** A tensor's type inside a sequence, a map or an optional. */
export const tensorOf = (elementType: ElementType, dims?: readonly Dim[]): Type =>
  value('', elementType, dims).type as Type;
export const sequenceOf = (elemType: Type): Type =>
  typed({ case: 'sequenceType', value: create(TypeProto_SequenceSchema, { elemType }) });
export const mapOf = (key: ElementType, valueType: Type): Type =>
  typed({ case: 'mapType', value: create(TypeProto_MapSchema, { keyType: elementCode(key), valueType }) });
export const optionalOf = (elemType: Type): Type =>
  typed({ case: 'optionalType', value: create(TypeProto_OptionalSchema, { elemType }) });

/** An input or output that is no tensor. */
export function valueOfType(name: string, type: Type): ValueInfoProto {
  return create(ValueInfoProtoSchema, { name, type });
}

/** A tensor of data, as an initializer or a constant. */
export function tensor(
  name: string,
  elementType: 'float32' | 'float64' | 'float16' | 'bfloat16' | 'int64' | 'uint8' | 'bool',
  dims: readonly number[],
  data: ArrayLike<number>,
): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dataType: elementCode(elementType),
    dims: dims.map(BigInt),
    rawData: rawBytes(elementType, Array.from(data)),
  });
}

function rawBytes(elementType: ElementType, data: number[]): Uint8Array {
  switch (elementType) {
    case 'float16':
      return new Uint8Array(Uint16Array.from(data, toHalf).buffer);
    case 'bfloat16':
      return new Uint8Array(Uint16Array.from(data, toBfloat16).buffer);
    case 'float64':
      return new Uint8Array(Float64Array.from(data).buffer);
    case 'int64':
      return new Uint8Array(BigInt64Array.from(data, BigInt).buffer);
    case 'uint8':
    case 'bool':
      return Uint8Array.from(data);
    default:
      return new Uint8Array(Float32Array.from(data).buffer);
  }
}

type Attribute =
  | number
  | string
  | readonly number[]
  | readonly string[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | GraphProto
  | TensorProto;

/** A node; numbers are ints, `{ float }` is a float, lists of numbers are ints. */
export function node(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
  domain = '',
): NodeProto {
  return create(NodeProtoSchema, {
    opType,
    input: [...input],
    output: [...output],
    name: `${opType}_${output[0]}`,
    attribute: Object.entries(attributes).map(([name, of]) => attribute(name, of)),
    ...(domain && { domain }),
  });
}

function attribute(name: string, of: Attribute): AttributeProto {
  if (typeof of === 'number') return create(AttributeProtoSchema, { name, type: 2, i: BigInt(of) });
  if (typeof of === 'string') return create(AttributeProtoSchema, { name, type: 3, s: Buffer.from(of) });
  if ('floats' in of) return create(AttributeProtoSchema, { name, type: 6, floats: [...of.floats] });
  if ('float' in of) return create(AttributeProtoSchema, { name, type: 1, f: of.float });
  if ('$typeName' in of) {
    return of.$typeName === 'onnx.GraphProto'
      ? create(AttributeProtoSchema, { name, type: 5, g: of })
      : create(AttributeProtoSchema, { name, type: 4, t: of });
  }
  return of.length > 0 && of.every((one) => typeof one === 'string')
    ? create(AttributeProtoSchema, { name, type: 8, strings: of.map((word) => Buffer.from(word)) })
    : create(AttributeProtoSchema, { name, type: 7, ints: of.map(BigInt) });
}

export function graph(parts: {
  readonly name?: string;
  readonly inputs?: ValueInfoProto[];
  readonly outputs?: ValueInfoProto[];
  readonly weights?: TensorProto[];
  readonly nodes: NodeProto[];
}): GraphProto {
  const { name = 'main', inputs = [], outputs = [], weights = [], nodes } = parts;
  return create(GraphProtoSchema, { name, input: inputs, output: outputs, initializer: weights, node: nodes });
}

export interface ModelOptions {
  readonly irVersion?: number;
  /** By domain; the default domain is `ai.onnx`. */
  readonly opsets?: Readonly<Record<string, number>>;
  readonly metadata?: Readonly<Record<string, string>>;
}

export function model(main: GraphProto, options: ModelOptions = {}): ModelProto {
  const { irVersion = 8, opsets = { 'ai.onnx': 17 }, metadata = {} } = options;
  return create(ModelProtoSchema, {
    irVersion: BigInt(irVersion),
    producerName: 'create-onnx-lambda tests',
    graph: main,
    opsetImport: Object.entries(opsets).map(([domain, version]) => ({
      domain: domain === 'ai.onnx' ? '' : domain,
      version: BigInt(version),
    })),
    metadataProps: Object.entries(metadata).map(([key, text]) => ({ key, value: text })),
  });
}

/** The bytes of a model file. */
export function modelBytes(of: ModelProto): Uint8Array {
  return toBinary(ModelProtoSchema, of);
}
