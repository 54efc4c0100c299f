import type { ModelProto } from '../../generator/model/onnx_pb.ts';
import { graph, model, node, tensor, value } from './proto.ts';

/** The towns that `echo` knows, by number; any other is −1. */
export const TOWNS = ['Bonn', 'Köln', 'a "b"'];

/**
 * A model of rows that answers with what it was fed, as numbers: age, visits, member and town, an input each. Without an age it is −1 where
 * `missing` says so, else NaN.
 */
export function echo(missing = true): ModelProto {
  const one = (name: string, type: 'float32' | 'int64' | 'bool' | 'string') => value(name, type, [null, 1]);
  const toFloat = { to: 1 };
  const known = missing
    ? [node('IsNaN', ['age'], ['none']), node('Where', ['none', 'minus', 'age'], ['years'])]
    : [node('Identity', ['age'], ['years'])];
  return model(
    graph({
      inputs: [one('age', 'float32'), one('visits', 'int64'), one('member', 'bool'), one('town', 'string')],
      outputs: [value('fed', 'float32', [null, 4])],
      weights: missing ? [tensor('minus', 'float32', [1], [-1])] : [],
      nodes: [
        ...known,
        node('Cast', ['visits'], ['visits as float'], toFloat),
        node('Cast', ['member'], ['member as float'], toFloat),
        node(
          'LabelEncoder',
          ['town'],
          ['town as float'],
          { keys_strings: TOWNS, values_floats: { floats: TOWNS.map((_, i) => i) }, default_float: { float: -1 } },
          'ai.onnx.ml',
        ),
        node('Concat', ['years', 'visits as float', 'member as float', 'town as float'], ['fed'], { axis: 1 }),
      ],
    }),
    { opsets: { 'ai.onnx': 17, 'ai.onnx.ml': 2 } },
  );
}
