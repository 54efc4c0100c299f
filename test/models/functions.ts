import { create } from '@bufbuild/protobuf';
import { FunctionProtoSchema, type ModelProto } from '../../generator/model/onnx_pb.ts';
import { graph, model, node, tensor, value } from './proto.ts';

/** A model that defines an operator of its own (softmax of x / 2) and has an If. */
export function localFunction(): ModelProto {
  const built = model(
    graph({
      inputs: [value('x', 'float32', [1, 3])],
      outputs: [value('y', 'float32', [1, 3])],
      weights: [tensor('yes', 'bool', [], [1])],
      nodes: [
        node('If', ['yes'], ['z'], {
          then_branch: graph({ name: 'then', nodes: [node('Relu', ['x'], ['a'])], outputs: [value('a', 'float32')] }),
          else_branch: graph({ name: 'else', nodes: [node('Neg', ['x'], ['b'])], outputs: [value('b', 'float32')] }),
        }),
        node('Soft', ['z', 'two'], ['y'], {}, 'local.example'),
      ],
    }),
    { opsets: { 'ai.onnx': 17, 'local.example': 1 } },
  );
  built.graph?.initializer.push(tensor('two', 'float32', [], [2]));
  built.functions = [
    create(FunctionProtoSchema, {
      name: 'Soft',
      domain: 'local.example',
      input: ['from', 'by'],
      output: ['to'],
      node: [
        node('Div', ['from', 'by'], ['half']),
        node('Softmax', ['half'], ['to'], { axis: 1 }),
      ],
      opsetImport: [{ domain: '', version: 17n }],
    }),
  ];
  return built;
} // prettier-ignore
