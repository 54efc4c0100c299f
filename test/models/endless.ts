import type { ModelProto } from '../../generator/model/onnx_pb.ts';
import { graph, model, node, tensor, value } from './proto.ts';

/** A model that loads and never answers: a Loop whose condition stays true. */
export function endless(): ModelProto {
  const body = graph({
    name: 'body',
    inputs: [value('i', 'int64', []), value('go', 'bool', []), value('state', 'float32', [1, 3])],
    outputs: [value('go_on', 'bool', []), value('next', 'float32', [1, 3])],
    nodes: [node('Identity', ['go'], ['go_on']), node('Neg', ['state'], ['next'])],
  });
  return model(
    graph({
      inputs: [value('x', 'float32', [1, 3])],
      outputs: [value('y', 'float32', [1, 3])],
      weights: [tensor('yes', 'bool', [], [1])],
      nodes: [node('Loop', ['', 'yes', 'x'], ['y'], { body })],
    }),
  );
}
