import fc from 'fast-check';
import { knownColumns, type Known } from '../../../generator/tabular/child/known.ts';
import { madeUpRows } from '../../../generator/tabular/child/rows.ts';
import type { NodeProto } from '../../../generator/model/onnx_pb.ts';
import { graph, node, tensor } from '../../models/proto.ts';

const ml = (type: string, input: readonly string[], attributes: Parameters<typeof node>[3]): NodeProto =>
  node(type, input, [`${type} of ${input[0]}`], attributes, 'ai.onnx.ml');
const known = (
  nodes: NodeProto[],
  inputs: Parameters<typeof knownColumns>[1],
  indices: readonly number[] = [],
): Known[] => knownColumns(graph({ nodes, weights: [tensor('indices', 'int64', [indices.length], indices)] }), inputs);
const floats = (...numbers: number[]) => ({ floats: numbers });

test('a scaler knows the middle and the spread of each column', () => {
  const scaler = ml('Scaler', ['x'], { offset: floats(10, -1), scale: floats(0.5, 4) });
  expect(known([scaler], [{ name: 'x', width: 2 }])).toEqual([{ range: [8, 12] }, { range: [-1.25, -0.75] }]);
});

test('trees know between which thresholds something changes; leaves say nothing', () => {
  const trees = ml('TreeEnsembleRegressor', ['x'], {
    nodes_values: floats(3, 5, 99, 7),
    nodes_featureids: [1, 1, 0, 0],
    nodes_modes: ['BRANCH_LEQ', 'BRANCH_LEQ', 'LEAF', 'BRANCH_LEQ'],
  });
  expect(known([trees], [{ name: 'x', width: 3 }])).toEqual([{ range: [7, 7] }, { range: [3, 5] }, {}]);
});

test('encoders know their words, of columns that were joined and picked before', () => {
  const nodes = [
    node('Concat', ['sex', 'town'], ['both'], { axis: 1 }),
    node('ArrayFeatureExtractor', ['both', 'indices'], ['picked'], {}, 'ai.onnx.ml'),
    ml('OneHotEncoder', ['picked'], { cats_strings: ['Bonn', 'Kiel'] }),
    ml('LabelEncoder', ['sex'], { keys_strings: ['f', 'm'] }),
  ];
  const inputs = [{ name: 'sex', width: 1 }, { name: 'town', width: 1 }, { name: 'age', width: 1 }];
  expect(known(nodes, inputs, [1])).toEqual([{ words: ['f', 'm'] }, { words: ['Bonn', 'Kiel'] }, {}]);
}); // prettier-ignore

test('classes of a classifier are no words of its columns', () => {
  const classify = ml('LinearClassifier', ['x'], { classlabels_strings: ['a', 'b'] });
  expect(known([classify], [{ name: 'x', width: 1 }])).toEqual([{}]);
});

test('made-up rows stay within what is known', () => {
  const range = fc.tuple(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), fc.float({ noNaN: true, min: 0, max: 1e6 }));
  fc.assert(
    fc.property(range, fc.integer({ min: 1, max: 9 }), ([low, spread], count) => {
      const columns = [
        { type: 'float32', known: { range: [low, low + spread] } },
        { type: 'string', known: { words: ['x', 'y'] } },
        { type: 'int64', known: { words: ['4', '-2'] } },
        { type: 'bool', known: {} },
      ] as const;
      const rows = madeUpRows(count, columns);
      expect(rows).toHaveLength(count);
      for (const [number, word, whole, flag] of rows) {
        // Four digits are written.
        const slack = Math.max(Math.abs(low), Math.abs(low + spread)) / 1000;
        expect(number).toBeGreaterThanOrEqual(low - slack);
        expect(number).toBeLessThanOrEqual(low + spread + slack);
        expect(['x', 'y']).toContain(word);
        expect([4, -2]).toContain(whole);
        expect(typeof flag).toBe('boolean');
      }
    }),
  );
});
