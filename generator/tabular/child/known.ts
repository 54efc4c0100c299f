import { attributeOf, wordsOf } from '../../model/nodes.ts';
import { operatorName } from '../../model/graph.ts';
import type { GraphProto, NodeProto } from '../../model/onnx_pb.ts';
import { numbersOf } from '../../model/tensor-values.ts';

/** What the graph tells of one column: words or whole numbers that it has a meaning for, or how large its numbers are. */
export interface Known {
  readonly words?: readonly string[];
  readonly range?: readonly [number, number];
}

/** A column, by its place among all columns of all inputs; undefined where it is mixed with others. */
type Place = number | undefined;

/** Operators that leave each column where it is. */
const KEEPS = new Set([
  'Identity',
  'Cast',
  'Reshape',
  'Flatten',
  'StringNormalizer',
  'ai.onnx.ml:Imputer',
  'ai.onnx.ml:Scaler',
]);
const JOINS = new Set(['Concat', 'ai.onnx.ml:FeatureVectorizer']);
const PICKS = new Set(['Gather', 'ai.onnx.ml:ArrayFeatureExtractor']);
/** Attributes with the words, or the whole numbers, that an encoder knows. */
const CATEGORIES = ['cats_strings', 'cats_int64s', 'keys_strings', 'keys_int64s'];

/**
 * What a graph knows of the columns that go into it: the categories of encoders, the offsets of scalers, the thresholds of trees, the
 * numbers that are put in where one is missing. Columns are followed as far as they are only moved.
 *
 * @param inputs each with its number of columns
 */
export function knownColumns(
  graph: GraphProto,
  inputs: readonly { readonly name: string; readonly width: number }[],
): Known[] {
  const places = new Map<string, readonly Place[]>();
  let from = 0;
  for (const { name, width } of inputs)
    places.set(
      name,
      Array.from({ length: width }, () => from++),
    );
  const known = Array.from({ length: from }, (): Known => ({}));
  const tell = (place: Place, what: Known): void => {
    if (place !== undefined) known[place] = { ...what, ...known[place] };
  };
  const weights = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  for (const node of graph.node) {
    const operator = operatorName(node.domain, node.opType);
    const columns = node.input.flatMap((name) => places.get(name) ?? []);
    if (columns.length === 0) continue;
    const told = whatNodeKnows(node, columns.length);
    columns.forEach((place, i) => tell(place, told[i] ?? {}));
    const [output = ''] = node.output;
    if (KEEPS.has(operator) || JOINS.has(operator)) places.set(output, columns);
    if (PICKS.has(operator)) {
      const indices = weights.get(node.input[1] ?? '');
      if (indices)
        places.set(
          output,
          numbersOf(indices).map((i) => columns[i]),
        );
    }
  }
  return known;
}

/** What one node tells of the columns that it reads. */
function whatNodeKnows(node: NodeProto, width: number): readonly Known[] {
  const every = (what: Known): Known[] => Array.from({ length: width }, () => what);
  const words = wordsOf(node, CATEGORIES);
  if (words.length > 0) return every({ words });
  const floats = (name: string): readonly number[] => attributeOf(node, name)?.floats ?? [];
  const [offset, scale, imputed] = [floats('offset'), floats('scale'), floats('imputed_value_floats')];
  if (offset.length === width) return offset.map((middle, i) => around(middle, 1 / (scale[i] ?? 1)));
  if (imputed.length === width) return imputed.map((middle) => around(middle, Math.abs(middle) / 2));
  const thresholds = floats('nodes_values');
  const features = attributeOf(node, 'nodes_featureids')?.ints ?? [];
  const modes = wordsOf(node, ['nodes_modes']);
  return Array.from({ length: width }, (_, column) => {
    const own = thresholds.filter((_value, i) => Number(features[i]) === column && modes[i] !== 'LEAF');
    const [min, max] = [
      own.reduce((a, b) => Math.min(a, b), Infinity),
      own.reduce((a, b) => Math.max(a, b), -Infinity),
    ];
    return own.length === 0 ? {} : { range: [min, max] };
  });
}

function around(middle: number, spread: number): Known {
  const half = Number.isFinite(spread) ? Math.abs(spread) : 0;
  return { range: [middle - half, middle + half] };
}
