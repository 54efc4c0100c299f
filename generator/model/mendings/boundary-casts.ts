import { elementCode, elementName } from '../elements.ts';
import { operatorName, readersOf } from '../graph.ts';
import { nodeOf } from '../nodes.ts';
import type { GraphProto, NodeProto, ValueInfoProto } from '../onnx_pb.ts';
import { freshName, namesIn } from '../rename.ts';
import { initializerNames } from '../signature.ts';
import type { DeclaredType, ElementType, Mending, MendingKind } from '../spec.ts';
import { retypeOutput, wrapInput, wrapOutput } from './boundary.ts';
import type { MendingModule } from './mending.ts';

interface Cast {
  readonly kind: MendingKind;
  readonly to: ElementType;
}

const float8: Cast = { kind: 'float8-boundary', to: 'float32' };
/** Types that JavaScript has no arrays of, or that onnxruntime-node does not carry: cast where they go in or come out. */
const CASTS: Partial<Record<DeclaredType, Cast>> = {
  float16: { kind: 'float16-boundary', to: 'float32' },
  bfloat16: { kind: 'float16-boundary', to: 'float32' },
  float8e4m3fn: float8,
  float8e4m3fnuz: float8,
  float8e5m2: float8,
  float8e5m2fnuz: float8,
  float8e8m0: float8,
  int4: { kind: 'int4-boundary', to: 'int8' },
  uint4: { kind: 'int4-boundary', to: 'uint8' },
};

/** What reads 4 bits rightly once they come from another node. */
const READ_NIBBLES = ['Cast', 'DequantizeLinear', 'QuantizeLinear'];
const readsNibbles = ({ domain, opType }: NodeProto): boolean => READ_NIBBLES.includes(operatorName(domain, opType));

/** A Cast node at each input and output of a type that can't be carried: callers see a type that can. */
export const boundaryCasts: MendingModule = {
  kinds: ['float16-boundary', 'float8-boundary', 'int4-boundary'],
  mend({ graph }) {
    if (!graph) return [];
    const taken = namesIn(graph);
    const initializers = initializerNames(graph);
    const inputs = graph.input.flatMap((input) => (initializers.has(input.name) ? [] : castInput(graph, input, taken)));
    return [...inputs, ...graph.output.flatMap((output) => castOutput(graph, output, taken))];
  },
};

function castInput(graph: GraphProto, input: ValueInfoProto, taken: Set<string>): Mending[] {
  const readers = readersOf(graph, input.name);
  const cast = retype(input, 'input', (kind) => kind !== 'int4-boundary' || readers.every(readsNibbles));
  if (!cast) return [];
  wrapInput(graph, input, taken, (from, to) => castNode(from, to, cast.from, taken));
  // The runtime casts 4 bits to 8 in place, and so wrongly between two nodes: who casts them anyway reads what callers send.
  const casting = cast.mending.kind === 'int4-boundary' ? readers.filter(({ opType }) => opType === 'Cast') : [];
  for (const node of casting) node.input = [input.name];
  return [cast.mending];
}

function castOutput(graph: GraphProto, output: ValueInfoProto, taken: Set<string>): Mending[] {
  const cast = retype(output, 'output');
  if (!cast) return [];
  retypeOutput(graph, output);
  wrapOutput(graph, output, taken, (from, to) => castNode(from, to, elementCode(cast.to), taken));
  return [cast.mending];
}

/** Gives a value its new type in the signature; answers with the code of the one that it had. */
function retype(
  { name, type }: ValueInfoProto,
  side: string,
  isFit: (kind: MendingKind) => boolean = () => true,
): { from: number; to: ElementType; mending: Mending } | undefined {
  if (type?.value.case !== 'tensorType') return undefined;
  const tensor = type.value.value;
  const from = tensor.elemType;
  const declared = elementName(from);
  const cast = (CASTS as Readonly<Record<string, Cast>>)[declared];
  if (!cast || !isFit(cast.kind)) return undefined;
  tensor.elemType = elementCode(cast.to);
  const why = `The ${side} is ${declared}, which JavaScript has no numbers for: a Cast node makes it ${cast.to} for callers.`;
  return { from, to: cast.to, mending: { kind: cast.kind, tensor: name, why } };
}

const castNode = (from: string, to: string, type: number, taken: Set<string>) =>
  nodeOf({ name: freshName(`Cast_${to}`, taken), opType: 'Cast', input: [from], output: [to], ints: { to: type } });
