import { elementCode } from '../elements.ts';
import { operatorName, readersOf } from '../graph.ts';
import { attributeOf, nodeOf, textOf, wordsOf } from '../nodes.ts';
import type { GraphProto, NodeProto, ValueInfoProto } from '../onnx_pb.ts';
import type { ElementType } from '../spec.ts';
import { tensorTypeOf } from '../types.ts';
import type { MendingModule } from './mending.ts';

const VOCABULARY = ['string_vocabulary', 'int64_vocabulary'];
const CAST_TO: Readonly<Record<string, ElementType>> = { TO_FLOAT: 'float32', TO_STRING: 'string', TO_INT64: 'int64' };
/** As many names as are read by people. */
const SHOWN = 20;

/** A dictionary that only goes to a node that makes a row of it: the row is the input. */
export const maps: MendingModule = {
  kinds: ['map'],
  mend({ graph }) {
    if (!graph) return [];
    return graph.input.flatMap((input) => {
      const columns = rowFor(graph, input);
      if (!columns) return [];
      const { names } = columns;
      const shown = `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}`;
      const which =
        names.length > 0
          ? `one value for each of ${shown}, 0 for what is missing`
          : 'its values in the order of the keys';
      return [
        {
          kind: 'map',
          tensor: input.name,
          why: `The input is a dictionary, which onnxruntime-node does not carry: a row of its values takes its place, ${which}.`,
        },
      ];
    });
  },
};

/** Makes the input a row and the node that made one of it a node that passes it on; undefined where that can't be. */
function rowFor(graph: GraphProto, input: ValueInfoProto): { readonly names: readonly string[] } | undefined {
  if (input.type?.value.case !== 'mapType') return undefined;
  const held = input.type.value.value.valueType?.value;
  const [reader, ...others] = readersOf(graph, input.name);
  if (held?.case !== 'tensorType' || !reader || others.length > 0 || !reader.input.includes(input.name))
    return undefined;
  const passed = PASSING[operatorName(reader.domain, reader.opType)]?.(reader);
  if (!passed) return undefined;
  graph.node[graph.node.indexOf(reader)] = passed.node;
  input.type = tensorTypeOf(held.value.elemType, [1, passed.columns]);
  return passed;
}

interface Passing {
  readonly node: NodeProto;
  readonly columns: number | null;
  readonly names: readonly string[];
}

/** What takes the place of the nodes that make a row of a dictionary. */
const PASSING: Readonly<Record<string, (node: NodeProto) => Passing>> = {
  'ai.onnx.ml:DictVectorizer': (node) => {
    const { name, input, output } = node;
    const names = wordsOf(node, VOCABULARY);
    return { node: nodeOf({ name, opType: 'Identity', input, output }), columns: names.length, names };
  },
  'ai.onnx.ml:CastMap': (node) => {
    const { name, input, output } = node;
    const to = elementCode(CAST_TO[textOf(node, 'cast_to') ?? 'TO_FLOAT'] ?? 'float32');
    const columns = textOf(node, 'map_form') === 'SPARSE' ? Number(attributeOf(node, 'max_map')?.i ?? 1n) : null;
    return { node: nodeOf({ name, opType: 'Cast', input, output, ints: { to } }), columns, names: [] };
  },
};
