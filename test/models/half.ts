import fc from 'fast-check';
import type { ModelProto } from '../../generator/model/onnx_pb.ts';
import { random } from './numbers.ts';
import { graph, model, node, tensor, value } from './proto.ts';

// Half-precision graphs whose boundary is to be mended, with what may go wrong there.

/** A dense layer on a random shape, with more than one output, and names that the mended copy might collide with. */
export const halfGraphs = fc
  .record({
    rows: fc.integer({ min: 1, max: 4 }),
    width: fc.integer({ min: 1, max: 9 }),
    classes: fc.integer({ min: 1, max: 7 }),
    batch: fc.constantFrom('N', null, 'fixed'),
    input: fc.constantFrom('x', 'input.1', 'Cast_x_inner', 'x_inner'),
    extra: fc.constantFrom('none', 'inner', 'twice'),
    collide: fc.boolean(),
    seed: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ rows, width, classes, batch, input, extra, collide, seed }) => {
    const next = random(seed);
    const numbers = (length: number): Float32Array => Float32Array.from({ length }, () => next() - 0.5);
    const first = batch === 'fixed' ? rows : batch;
    const relu = collide ? `${input}_inner` : 'hidden';
    const nodes = [
      node('Relu', [input], [relu]),
      node('Gemm', [relu, 'dense', 'bias'], ['y']),
      // A value that is an output and used further inside.
      ...(extra === 'inner' ? [node('Neg', ['y'], ['z'])] : []),
      ...(extra === 'twice' ? [node('Add', [input, input], ['z'])] : []),
    ];
    const outputs = [value('y', 'float16', [first, classes])];
    if (extra !== 'none') outputs.push(value('z', 'float16', [first, extra === 'inner' ? classes : width]));
    return {
      dims: [rows, width],
      model: model(
        graph({
          inputs: [value(input, 'float16', [first, width])],
          outputs,
          weights: [
            tensor('dense', 'float16', [width, classes], numbers(width * classes)),
            tensor('bias', 'float16', [classes], numbers(classes)),
          ],
          nodes,
        }),
      ),
    };
  });

/** An If whose branches use `x` and `y` of the outer graph, have values of those names themselves, or hold another If. */
export function branches(how: 'use' | 'nested' | 'shadow'): ModelProto {
  const inner = graph({ name: 'inner', nodes: [node('Add', ['x', 'made'], ['deep'])], outputs: [value('deep', 'float16')] });
  const other = graph({ name: 'other', nodes: [node('Sub', ['x', 'made'], ['flat'])], outputs: [value('flat', 'float16')] });
  const then = {
    use: graph({ name: 'then', nodes: [node('Mul', ['x', 'made'], ['a'])], outputs: [value('a', 'float16')] }),
    nested: graph({
      name: 'then',
      nodes: [node('If', ['yes'], ['a'], { then_branch: inner, else_branch: other })],
      outputs: [value('a', 'float16')],
    }),
    shadow: graph({
      name: 'then',
      nodes: [node('Neg', ['made'], ['x_inner']), node('Add', ['x_inner', 'x'], ['a'])],
      outputs: [value('a', 'float16')],
    }),
  }[how];
  const otherwise = graph({ name: 'else', nodes: [node('Abs', ['x'], ['b'])], outputs: [value('b', 'float16')] });
  return model(
    graph({
      inputs: [value('x', 'float16', [2, 3])],
      outputs: [value('made', 'float16', [2, 3]), value('y', 'float16', [2, 3])],
      weights: [tensor('yes', 'bool', [], [1])],
      nodes: [
        node('Relu', ['x'], ['made']),
        node('If', ['yes'], ['y'], { then_branch: then, else_branch: otherwise }),
      ],
    }),
  );
} // prettier-ignore

/** The output is the input itself, beside a computed one. */
export function passThrough(): ModelProto {
  return model(
    graph({
      inputs: [value('x', 'float16', [2, 3])],
      outputs: [value('x', 'float16', [2, 3]), value('y', 'float16', [2, 3])],
      nodes: [node('Relu', ['x'], ['y'])],
    }),
  );
}
