import { nodeOf } from '../nodes.ts';
import type { ValueInfoProto } from '../onnx_pb.ts';
import { freshName, namesIn } from '../rename.ts';
import { retypeOutput, wrapInput, wrapOutput } from './boundary.ts';
import type { MendingModule } from './mending.ts';

/** What may be there or not is always there: nothing has no shape and no elements that a caller could send or get. */
export const optionals: MendingModule = {
  kinds: ['optional'],
  mend({ graph }) {
    if (!graph) return [];
    const taken = namesIn(graph);
    const node = (opType: string) => (from: string, to: string) =>
      nodeOf({ name: freshName(`${opType}_${to}`, taken), opType, input: [from], output: [to] });
    const inputs = graph.input.filter((input) => unwrap(input));
    for (const input of inputs) wrapInput(graph, input, taken, node('Optional'));
    const outputs = graph.output.filter((output) => unwrap(output));
    for (const output of outputs) {
      retypeOutput(graph, output);
      wrapOutput(graph, output, taken, node('OptionalGetElement'));
    }
    return [...inputs, ...outputs].map(({ name }) => ({
      kind: 'optional',
      tensor: name,
      why: 'A value that may be missing, which onnxruntime-node does not carry: it is always there.',
    }));
  },
};

/** Makes an optional value the one that it holds; false where it is none. */
function unwrap(value: ValueInfoProto): boolean {
  const inner = value.type?.value.case === 'optionalType' ? value.type.value.value.elemType : undefined;
  if (inner) value.type = inner;
  return inner !== undefined;
}
