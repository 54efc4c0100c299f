import type { ElementType, Mending, ModelSpec, TensorSpec } from './spec.ts';

/** Element types that JavaScript has no numbers for: they are cast at the graph's boundary. */
const HALF: readonly ElementType[] = ['float16', 'bfloat16'];
/** What `mendModel` would change, told from the specification alone. */
export function planMendings(spec: ModelSpec): Mending[] {
  const half = (tensors: readonly TensorSpec[], side: string): Mending[] =>
    tensors
      .filter(({ elementType }) => HALF.includes(elementType))
      .map(({ name, elementType }) => ({
        kind: 'float16-boundary',
        tensor: name,
        why: `The ${side} is ${elementType}, which JavaScript has no numbers for: a Cast node makes it float32 for callers.`,
      }));
  return [
    ...half(spec.inputs, 'input'),
    ...half(spec.outputs, 'output'),
    ...spec.initializersAsInputs.map((tensor): Mending => ({
      kind: 'initializers-as-inputs',
      tensor,
      why: 'A weight that is listed as an input too keeps the runtime from optimising: it is no input any more.',
    })),
  ];
}

/** Float32 where a tensor is cast at the boundary. */
export function mendedTensors(tensors: readonly TensorSpec[]): TensorSpec[] {
  return tensors.map((tensor) => (HALF.includes(tensor.elementType) ? { ...tensor, elementType: 'float32' } : tensor));
}
