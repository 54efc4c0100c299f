import { ToolError } from '../errors.ts';
import { elementName, elementType } from './elements.ts';
import type { GraphProto, TensorShapeProto, TypeProto, ValueInfoProto } from './onnx_pb.ts';
import type { Dim, OtherValue, Signature, TensorSpec } from './spec.ts';

/**
 * What goes into a graph and what comes out.
 *
 * @throws ToolError MODEL_DOES_NOT_LOAD for a graph without inputs or without outputs
 */
export function readSignature(graph: GraphProto | undefined, file: string): Signature {
  const initializers = initializerNames(graph);
  const real = (graph?.input ?? []).filter(({ name }) => !initializers.has(name));
  const outputs = unique(graph?.output ?? []);
  for (const [side, values] of [['input', real], ['output', outputs]] as const) {
    if (values.length > 0) continue;
    throw new ToolError('MODEL_DOES_NOT_LOAD', {
      what: `The model has no ${side}: there is nothing to ${side === 'input' ? 'give it' : 'answer with'}.`,
      where: file,
      expected: 'a graph with at least one input that is no initializer, and one output',
    });
  } // prettier-ignore
  const split = (values: readonly ValueInfoProto[], side: OtherValue['side']) =>
    values.map((value) => ({ value, side, type: tensorType(value) }));
  const all = [...split(real, 'input'), ...split(outputs, 'output')];
  const tensors = (side: OtherValue['side']): TensorSpec[] =>
    all.flatMap(({ value, side: own, type }) => (own === side && type ? [tensorSpec(value, type)] : []));
  return {
    inputs: tensors('input'),
    outputs: tensors('output'),
    otherValues: all.flatMap(({ value, side, type }) =>
      type ? [] : [{ name: value.name, side, type: describeType(value.type) }],
    ),
    unknownRank: all.flatMap(({ value, type }) => (type && !shapeOf(value) ? [value.name] : [])),
  };
}

/** A graph may list an output twice: it is answered once. */
function unique(values: readonly ValueInfoProto[]): ValueInfoProto[] {
  return [...new Map(values.map((value) => [value.name, value])).values()];
}

/** Initializers that a graph lists as inputs too. */
export function initializersAsInputs(graph: GraphProto | undefined): string[] {
  const initializers = initializerNames(graph);
  return (graph?.input ?? []).flatMap(({ name }) => (initializers.has(name) ? [name] : []));
}

/** By name: the element type that an input or output declares, also of tensors in a list. */
export function declaredTypes(graph: GraphProto | undefined): Map<string, string> {
  const values = [...(graph?.input ?? []), ...(graph?.output ?? [])];
  return new Map(
    values.flatMap(({ name, type }) => {
      const code = elementCodeOf(type);
      return code === undefined ? [] : [[name, elementName(code)]];
    }),
  );
}

function elementCodeOf(type: TypeProto | undefined): number | undefined {
  const value = type?.value;
  if (value?.case === 'tensorType') return value.value.elemType;
  return value?.case === 'sequenceType' || value?.case === 'optionalType'
    ? elementCodeOf(value.value.elemType)
    : undefined;
}

/** Names of a graph's initializers, dense and sparse. */
export function initializerNames(graph: GraphProto | undefined): Set<string> {
  return new Set([
    ...(graph?.initializer ?? []).map(({ name }) => name),
    ...(graph?.sparseInitializer ?? []).map(({ values }) => values?.name ?? ''),
  ]);
}

function tensorType({ type }: ValueInfoProto): TensorSpec['elementType'] | undefined {
  return type?.value.case === 'tensorType' ? elementType(type.value.value.elemType) : undefined;
}

function shapeOf({ type }: ValueInfoProto): TensorShapeProto | undefined {
  return type?.value.case === 'tensorType' ? type.value.value.shape : undefined;
}

function tensorSpec(value: ValueInfoProto, type: TensorSpec['elementType']): TensorSpec {
  return { name: value.name, elementType: type, dims: (shapeOf(value)?.dim ?? []).map(readDim) };
}

/** A size, the name of one, or null; exporters also write -1 or an empty name for "unknown". */
function readDim({ value }: TensorShapeProto['dim'][number]): Dim {
  if (value.case === 'dimValue') return value.value > 0n ? Number(value.value) : null;
  return value.case === 'dimParam' && value.value !== '' ? value.value : null;
}

/** A type in words: `sequence of maps of string to float32`. */
function describeType(type: TypeProto | undefined): string {
  const value = type?.value;
  switch (value?.case) {
    case 'tensorType':
      return `tensor of ${elementName(value.value.elemType)}`;
    case 'sparseTensorType':
      return `sparse tensor of ${elementName(value.value.elemType)}`;
    case 'sequenceType':
      return `sequence of ${describeType(value.value.elemType)}`;
    case 'mapType':
      return `map of ${elementName(value.value.keyType)} to ${describeType(value.value.valueType)}`;
    case 'optionalType':
      return `optional ${describeType(value.value.elemType)}`;
    default:
      return 'value of a type that the file does not say';
  }
}
