import { initializerNames } from './signature.ts';
import { subgraphs } from './graph.ts';
import type { GraphProto } from './onnx_pb.ts';

/** All names that a graph defines or uses, inner graphs included: a new name must be none of them. */
export function namesIn(graph: GraphProto): Set<string> {
  const names = new Set([...initializerNames(graph), ...graph.input.map(({ name }) => name)]);
  for (const node of graph.node) {
    for (const name of [...node.input, ...node.output, node.name]) names.add(name);
    for (const inner of subgraphs(node)) for (const name of namesIn(inner)) names.add(name);
  }
  return names;
}

/** `name` with a suffix that no value has yet; the new name is added to `taken`. */
export function freshName(name: string, taken: Set<string>): string {
  let fresh = name;
  for (let i = 2; taken.has(fresh); i++) fresh = `${name}_${i}`;
  taken.add(fresh);
  return fresh;
}

/**
 * Renames a value inside a graph, in place: where it is made, where it is used, in the graphs that nodes carry, and in what is
 * said about it. The graph's own inputs and outputs keep their names: they are the signature.
 */
export function renameValue(graph: GraphProto, from: string, to: string): void {
  const swap = (name: string): string => (name === from ? to : name);
  for (const node of graph.node) {
    node.input = node.input.map(swap);
    node.output = node.output.map(swap);
    for (const inner of subgraphs(node)) if (!defines(inner, from)) renameInside(inner, from, to);
  }
  for (const info of graph.valueInfo) info.name = swap(info.name);
  for (const note of graph.quantizationAnnotation) note.tensorName = swap(note.tensorName);
}

/** An inner graph may answer with a value of the outer one, so its outputs are uses. */
function renameInside(graph: GraphProto, from: string, to: string): void {
  renameValue(graph, from, to);
  for (const output of graph.output) if (output.name === from) output.name = to;
}

/** True where the inner graph has a value of its own under that name. */
function defines(graph: GraphProto, name: string): boolean {
  return (
    initializerNames(graph).has(name) ||
    graph.input.some((input) => input.name === name) ||
    graph.node.some(({ output }) => output.includes(name))
  );
}
