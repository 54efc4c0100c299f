import type { ElementType, Mending, ModelSpec, TensorSpec } from './spec.ts';

/** Element types that the service's code does not feed or read: they are cast at the graph's boundary. */
const CAST: Partial<Record<ElementType, { kind: Mending['kind']; why: string }>> = {
  float16: { kind: 'float16-boundary', why: 'which JavaScript has no numbers for' },
  bfloat16: { kind: 'float16-boundary', why: 'which JavaScript has no numbers for' },
  float64: { kind: 'float64-boundary', why: 'more than a picture or a score needs' },
};

/** What `mendModel` would change, told from the specification alone. */
export function planMendings(spec: ModelSpec): Mending[] {
  const casts = (tensors: readonly TensorSpec[], side: string): Mending[] =>
    tensors.flatMap(({ name, elementType }) => {
      const cast = CAST[elementType];
      const why = `The ${side} is ${elementType}, ${cast?.why}: a Cast node makes it float32 for callers.`;
      return cast ? [{ kind: cast.kind, tensor: name, why }] : [];
    });
  return [
    ...casts(spec.inputs, 'input'),
    ...casts(spec.outputs, 'output'),
    ...spec.initializersAsInputs.map((tensor): Mending => ({
      kind: 'initializers-as-inputs',
      tensor,
      why: 'A weight that is listed as an input too keeps the runtime from optimising: it is no input any more.',
    })),
  ];
}

/** Float32 where a tensor is cast at the boundary. */
export function mendedTensors(tensors: readonly TensorSpec[]): TensorSpec[] {
  return tensors.map((tensor) => (CAST[tensor.elementType] ? { ...tensor, elementType: 'float32' } : tensor));
}
