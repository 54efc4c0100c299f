import type { ModelProto } from '../../generator/model/onnx_pb.ts';
import type { Dim, ElementType } from '../../generator/model/spec.ts';
import { graph, model, node, value } from './proto.ts';

/** What an input is: its element type and its dims. */
export type Signature = Readonly<Record<string, { readonly elementType: ElementType; readonly dims: readonly Dim[] }>>;

/** A model that gives each input back as `<name>_out`. */
export function identity(signature: Signature): ModelProto {
  const inputs = Object.entries(signature);
  return model(
    graph({
      inputs: inputs.map(([name, { elementType, dims }]) => value(name, elementType, dims)),
      outputs: inputs.map(([name, { elementType, dims }]) => value(`${name}_out`, elementType, dims)),
      nodes: inputs.map(([name]) => node('Identity', [name], [`${name}_out`])),
    }),
  );
}
