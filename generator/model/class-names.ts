import { operatorName } from './graph.ts';
import { wordsOf } from './nodes.ts';
import type { GraphProto } from './onnx_pb.ts';
import { wordsIn } from './tensor-values.ts';

/** Attributes that name classes, in ZipMap and in classifiers. */
export const CLASS_LABELS = ['classlabels_strings', 'classlabels_int64s', 'classlabels_ints'];

/** Operators whose output has the columns of their first input. */
const KEEPS_COLUMNS = new Set(['Identity', 'Cast', 'Softmax', 'Sigmoid', 'ai.onnx.ml:Normalizer']);

/** Operators that leave the class of each row what it is. */
const KEEPS_CLASS = new Set(['Identity', 'Cast', 'Reshape', 'Flatten', 'Squeeze']);

/**
 * Names of the classes that outputs have scores of, by output name; classifiers answer with scores in their second output. An output with
 * the class itself has them too where it picks from a tensor of names, by the place of the highest score.
 */
export function classNamesOf(graph: GraphProto | undefined): Record<string, string[]> {
  const nodes = graph?.node ?? [];
  const look = (name: string, depth: number): string[] => {
    const node = nodes.find(({ output }) => output.includes(name));
    if (!node || depth > nodes.length) return [];
    const operator = operatorName(node.domain, node.opType);
    const names = wordsOf(node, CLASS_LABELS);
    if (operator === 'ai.onnx.ml:ZipMap') return names;
    if (operator.startsWith('ai.onnx.ml:') && names.length > 0) return node.output[1] === name ? names : [];
    return KEEPS_COLUMNS.has(operator) ? look(node.input[0] ?? '', depth + 1) : [];
  };
  const picked = (name: string, depth: number): readonly string[] => {
    const node = nodes.find(({ output }) => output.includes(name));
    const operator = node && operatorName(node.domain, node.opType);
    if (!node || !operator || depth > nodes.length) return [];
    if (operator !== 'ai.onnx.ml:ArrayFeatureExtractor')
      return KEEPS_CLASS.has(operator) ? picked(node.input[0] ?? '', depth + 1) : [];
    const names = graph?.initializer.find((tensor) => tensor.name === node.input[0]);
    return names ? wordsIn(names) : [];
  };
  return Object.fromEntries(
    (graph?.output ?? []).flatMap(({ name }) => {
      const scores = look(name, 0);
      const names = scores.length > 0 ? scores : [...picked(name, 0)];
      return names.length > 0 ? [[name, names]] : [];
    }),
  );
}
