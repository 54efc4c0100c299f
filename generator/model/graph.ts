import type { GraphProto, ModelProto, NodeProto, TensorProto } from './onnx_pb.ts';

/** The default domain has two spellings. */
export function domainOf(domain: string): string {
  return domain === '' ? 'ai.onnx' : domain;
}

/** `Relu`, or `com.microsoft:Gelu` outside the default domain. */
export function operatorName(domain: string, opType: string): string {
  return domainOf(domain) === 'ai.onnx' ? opType : `${domain}:${opType}`;
}

/** Graphs that a node carries: the branches of If, the bodies of Loop and Scan. */
export function subgraphs(node: NodeProto): GraphProto[] {
  return node.attribute.flatMap(({ g, graphs }) => (g ? [g, ...graphs] : graphs));
}

/** A graph and all graphs inside it. */
export function* walkGraphs(graph: GraphProto): Generator<GraphProto> {
  yield graph;
  for (const node of graph.node) for (const inner of subgraphs(node)) yield* walkGraphs(inner);
}

/** All nodes: of the graph, of the graphs inside it, of local functions. */
export function* walkNodes(model: ModelProto): Generator<NodeProto> {
  const visit = function* (nodes: readonly NodeProto[]): Generator<NodeProto> {
    for (const node of nodes) {
      yield node;
      for (const inner of subgraphs(node)) yield* visit(inner.node);
    }
  };
  if (model.graph) yield* visit(model.graph.node);
  for (const { node } of model.functions) yield* visit(node);
}

/** All tensors that carry data: initializers, dense and sparse, and the values of constants. */
export function* walkTensors(model: ModelProto): Generator<TensorProto> {
  const graphs = model.graph ? [...walkGraphs(model.graph)] : [];
  for (const { node } of model.functions) graphs.push(...node.flatMap(subgraphs).flatMap((g) => [...walkGraphs(g)]));
  for (const { initializer, sparseInitializer } of graphs) {
    yield* initializer;
    for (const { values, indices } of sparseInitializer) for (const part of [values, indices]) if (part) yield part;
  }
  for (const { attribute } of walkNodes(model)) {
    for (const { t, tensors } of attribute) {
      if (t) yield t;
      yield* tensors;
    }
  }
}

/** How often each operator occurs. A call of a local function is no operator: what it is made of counts, once. */
export function countOperators(model: ModelProto): Record<string, number> {
  const own = new Set(model.functions.map((fn) => operatorName(fn.domain, fn.name)));
  const counts = new Map<string, number>();
  for (const { domain, opType } of walkNodes(model)) {
    const name = operatorName(domain, opType);
    if (!own.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names among `values` that nodes of the graph read, branches and bodies inside it included: steps on the way to another output. */
export function readInside(graph: GraphProto | undefined, values: readonly string[]): string[] {
  const read = new Set(graph ? [...walkGraphs(graph)].flatMap(({ node }) => node.flatMap(({ input }) => input)) : []);
  return values.filter((value) => read.has(value));
}

/** Nodes of the graph that read a value, themselves or in a graph that they carry. */
export function readersOf(graph: GraphProto, value: string): NodeProto[] {
  const reads = (node: NodeProto): boolean =>
    node.input.includes(value) || subgraphs(node).some((inner) => inner.node.some(reads));
  return graph.node.filter(reads);
}

/** Operators whose output holds the values of their first input, only elsewhere or as another type. */
const LOOKED_THROUGH = new Set(
  ['Identity', 'Cast', 'CastLike', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'Dropout', 'Transpose', 'QuantizeLinear', 'DequantizeLinear'],
); // prettier-ignore

/** The operator that makes a value, local functions and operators that only move values looked through. */
export function makerOf(model: ModelProto, value: string): string | undefined {
  const look = (nodes: readonly NodeProto[], name: string, depth: number): string | undefined => {
    const node = nodes.find(({ output }) => output.includes(name));
    if (!node || depth > 100) return undefined;
    const operator = operatorName(node.domain, node.opType);
    const [first] = node.input;
    if (LOOKED_THROUGH.has(operator) && first !== undefined) return look(nodes, first, depth + 1) ?? operator;
    const fn = model.functions.find((one) => operatorName(one.domain, one.name) === operator);
    const inner = fn?.output[node.output.indexOf(name)];
    return (fn && inner !== undefined && look(fn.node, inner, depth + 1)) || operator;
  };
  return look(model.graph?.node ?? [], value, 0);
}
