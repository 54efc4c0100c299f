import type { GraphProto, NodeProto, ValueInfoProto } from '../onnx_pb.ts';
import { freshName, renameValue } from '../rename.ts';
import { initializerNames } from '../signature.ts';

/** Makes the node between a value that callers see and the one that the graph works with, in the direction of the data. */
type Between = (from: string, to: string) => NodeProto;

/** Puts a node behind an input: callers give the value another type than the graph takes. */
export function wrapInput(graph: GraphProto, { name }: ValueInfoProto, taken: Set<string>, between: Between): void {
  const inner = freshName(`${name}_inner`, taken);
  renameValue(graph, name, inner);
  graph.node.unshift(between(name, inner));
}

/** Puts a node before an output: callers get the value as another type than the graph makes. An input passed through is one already. */
export function wrapOutput(graph: GraphProto, { name }: ValueInfoProto, taken: Set<string>, between: Between): void {
  if (graph.input.some((input) => input.name === name)) return;
  const inner = freshName(`${name}_inner`, taken);
  const constant = initializerNames(graph).has(name);
  if (constant) for (const tensor of graph.initializer) if (tensor.name === name) tensor.name = inner;
  renameValue(graph, name, inner);
  graph.node.push(between(inner, name));
}

/** Gives an output its type in every place where the graph lists it. */
export function retypeOutput(graph: GraphProto, { name, type }: ValueInfoProto): void {
  for (const other of graph.output) if (other.name === name && type) other.type = type;
}
