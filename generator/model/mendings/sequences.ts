import { nodeOf } from '../nodes.ts';
import type { GraphProto, TypeProto, ValueInfoProto } from '../onnx_pb.ts';
import { freshName, namesIn } from '../rename.ts';
import { stackedType } from '../types.ts';
import { retypeOutput, wrapInput, wrapOutput } from './boundary.ts';
import type { MendingModule } from './mending.ts';

/** A list of tensors of one shape is one tensor with an axis more, the first: what NumPy makes of such a list. */
export const sequences: MendingModule = {
  kinds: ['sequence'],
  mend({ graph }) {
    if (!graph) return [];
    const taken = namesIn(graph);
    const inputs = graph.input.filter((input) => retype(input));
    for (const input of inputs)
      wrapInput(graph, input, taken, (from, to) => between('SplitToSequence', from, to, taken));
    const outputs = graph.output.filter((output) => retype(output));
    for (const output of outputs) stackOutput(graph, output, taken);
    const tell = (side: string) => (value: ValueInfoProto) => ({
      kind: 'sequence' as const,
      tensor: value.name,
      why: `The ${side} is a list of tensors, which onnxruntime-node does not carry: tensors of one shape are one tensor, a row for each.`,
    });
    return [...inputs.map(tell('input')), ...outputs.map(tell('output'))];
  },
};

function stackOutput(graph: GraphProto, output: ValueInfoProto, taken: Set<string>): void {
  retypeOutput(graph, output);
  wrapOutput(graph, output, taken, (from, to) => between('ConcatFromSequence', from, to, taken));
}

const ATTRIBUTES = { SplitToSequence: { axis: 0, keepdims: 0 }, ConcatFromSequence: { axis: 0, new_axis: 1 } };

const between = (opType: keyof typeof ATTRIBUTES, from: string, to: string, taken: Set<string>) =>
  nodeOf({ name: freshName(`${opType}_${to}`, taken), opType, input: [from], output: [to], ints: ATTRIBUTES[opType] });

/** Makes a list of tensors a tensor; false where it is none. */
function retype(value: ValueInfoProto): boolean {
  const stacked = stackedOf(value.type);
  if (stacked) value.type = stacked;
  return stacked !== undefined;
}

function stackedOf(type: TypeProto | undefined): TypeProto | undefined {
  const inner = type?.value.case === 'sequenceType' ? type.value.value.elemType?.value : undefined;
  return inner?.case === 'tensorType' ? stackedType(inner.value) : undefined;
}
