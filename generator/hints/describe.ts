import type { TensorSpec } from '../model/spec.ts';

/** `image float32[1, 3, 224, 224]` */
export function describeTensor({ name, elementType, dims }: Pick<TensorSpec, 'name' | 'elementType' | 'dims'>): string {
  return `${name} ${elementType}[${dims.map((dim) => dim ?? '?').join(', ')}]`;
}

/** `image float32[1, 3, 224, 224] → scores float32[1, 1000]` */
export function describeSignature(inputs: readonly TensorSpec[], outputs: readonly TensorSpec[]): string {
  return [inputs, outputs].map((side) => side.map(describeTensor).join(', ') || 'nothing').join(' → ');
}
