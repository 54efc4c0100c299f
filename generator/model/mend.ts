import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { elementCode } from './elements.ts';
import { AttributeProtoSchema, ModelProtoSchema, NodeProtoSchema } from './onnx_pb.ts';
import type { GraphProto, ModelProto, NodeProto, ValueInfoProto } from './onnx_pb.ts';
import { mendedTensors, planMendings } from './plan-mendings.ts';
import { freshName, namesIn, renameValue } from './rename.ts';
import { initializerNames } from './signature.ts';
import type { Mending, ModelSpec, TensorSpec } from './spec.ts';

/** The model that is served: the original's bytes, or a mended copy's. */
export interface Mended {
  readonly bytes: Uint8Array;
  /** Of `bytes`. */
  readonly sha256: string;
  /** Empty where the bytes are the original's. */
  readonly mendings: readonly Mending[];
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** Files with weights that must lie beside the copy under the same relative path. */
  readonly externalData: readonly { readonly path: string; readonly from: string }[];
}

const FLOAT32 = elementCode('float32');
const INT = 2; // AttributeProto.type
/** From this IR version on, initializers need not be listed as inputs. */
const IR_INITIALIZERS_APART = 4;

/**
 * The model as it is served: a copy with the mendings applied that this tool knows of. It answers as the original does. The file
 * itself is not touched. All of it is in memory meanwhile (a model file is at most 2 GB, weights beside it are not read).
 */
export async function mendModel(spec: ModelSpec): Promise<Mended> {
  const original = await readFile(spec.file);
  const mendings = planMendings(spec);
  const served = mendings.length > 0 ? hashed(mendBytes(original, mendings)) : { bytes: original, sha256: spec.sha256 };
  return {
    ...served,
    mendings,
    inputs: mendedTensors(spec.inputs),
    outputs: mendedTensors(spec.outputs),
    externalData: spec.externalData.map((path) => ({ path, from: join(dirname(spec.file), path) })),
  };
}

const hashed = (bytes: Uint8Array): Pick<Mended, 'bytes' | 'sha256'> => ({
  bytes,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

/** Applies mendings to a model in memory. Pure: bytes in, new bytes out. */
export function mendBytes(original: Uint8Array, mendings: readonly Mending[]): Uint8Array {
  const model = fromBinary(ModelProtoSchema, original);
  const { graph } = model;
  if (!graph) return original;
  const isWeight = ({ kind }: Mending): boolean => kind === 'initializers-as-inputs';
  const weights = new Set(mendings.filter(isWeight).map(({ tensor }) => tensor));
  const casts = new Set(mendings.filter((mending) => !isWeight(mending)).map(({ tensor }) => tensor));
  const initializers = initializerNames(graph);
  const kept = graph.input.filter(({ name }) => !(initializers.has(name) && weights.has(name)));
  if (kept.length < graph.input.length) takeInputs(model, graph, kept);
  const taken = namesIn(graph);
  for (const input of graph.input) if (casts.has(input.name)) castInput(graph, input, taken);
  for (const output of graph.output) if (casts.has(output.name)) castOutput(graph, output, taken);
  return toBinary(ModelProtoSchema, model);
}

function takeInputs(model: ModelProto, graph: GraphProto, inputs: ValueInfoProto[]): void {
  graph.input = inputs;
  if (model.irVersion < IR_INITIALIZERS_APART) model.irVersion = BigInt(IR_INITIALIZERS_APART);
}

function castInput(graph: GraphProto, input: ValueInfoProto, taken: Set<string>): void {
  const inner = freshName(`${input.name}_half`, taken);
  const type = retype(input);
  renameValue(graph, input.name, inner);
  graph.node.unshift(cast(input.name, inner, type, taken));
}

function castOutput(graph: GraphProto, output: ValueInfoProto, taken: Set<string>): void {
  retype(output);
  // An output that is an input passed through: its cast happened already.
  if (graph.input.some(({ name }) => name === output.name)) return;
  const inner = freshName(`${output.name}_half`, taken);
  const constant = initializerNames(graph).has(output.name);
  if (constant) for (const tensor of graph.initializer) if (tensor.name === output.name) tensor.name = inner;
  renameValue(graph, output.name, inner);
  graph.node.push(cast(inner, output.name, FLOAT32, taken));
}

/** Makes a value float32 in the signature; answers with the code of the type that it had. */
function retype({ type }: ValueInfoProto): number {
  if (type?.value.case !== 'tensorType') return FLOAT32;
  const before = type.value.value.elemType;
  type.value.value.elemType = FLOAT32;
  return before;
}

function cast(from: string, to: string, type: number, taken: Set<string>): NodeProto {
  return create(NodeProtoSchema, {
    name: freshName(`Cast_${to}`, taken),
    opType: 'Cast',
    input: [from],
    output: [to],
    attribute: [create(AttributeProtoSchema, { name: 'to', type: INT, i: BigInt(type) })],
  });
}
