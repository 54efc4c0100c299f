import { elementCode } from '../elements.ts';
import { operatorName } from '../graph.ts';
import { nodeOf, wordsOf } from '../nodes.ts';
import type { ValueInfoProto } from '../onnx_pb.ts';
import { CLASS_LABELS } from '../class-names.ts';
import { tensorTypeOf } from '../types.ts';
import type { MendingModule } from './mending.ts';

/** ZipMap makes a list of dictionaries out of a tensor of probabilities: the tensor itself is answered, under the same name. */
export const zipMap: MendingModule = {
  kinds: ['zipmap'],
  mend({ graph }) {
    if (!graph) return [];
    return graph.node.flatMap((node, i) => {
      const [input] = node.input;
      const [output] = node.output;
      if (operatorName(node.domain, node.opType) !== 'ai.onnx.ml:ZipMap') return [];
      if (input === undefined || output === undefined) return [];
      const classes = wordsOf(node, CLASS_LABELS).length;
      graph.node[i] = nodeOf({ name: node.name, opType: 'Identity', input: [input], output: [output] });
      for (const value of graph.output) if (value.name === output) makeRows(value, classes);
      return [
        {
          kind: 'zipmap',
          tensor: output,
          why: 'ZipMap makes a list of dictionaries, which onnxruntime-node can not return: the tensor of scores is answered, the class names are kept.',
        },
      ];
    });
  },
};

/** A row of scores for each thing asked about; how many rows is open. */
function makeRows(value: ValueInfoProto, classes: number): void {
  value.type = tensorTypeOf(elementCode('float32'), [null, classes || null]);
}
