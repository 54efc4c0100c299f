import { create } from '@bufbuild/protobuf';
import { TypeProtoSchema, type TypeProto, type TypeProto_Tensor } from './onnx_pb.ts';
import type { Dim } from './spec.ts';

/** A tensor's type; without dims not even the rank is said. */
export function tensorTypeOf(elemType: number, dims?: readonly Dim[]): TypeProto {
  const shape = dims && { dim: dims.map((dim) => ({ value: dimOf(dim) })) };
  return create(TypeProtoSchema, { value: { case: 'tensorType', value: { elemType, ...(shape && { shape }) } } });
}

/** The type of tensors of this type put one behind the other along a new first axis. */
export function stackedType({ elemType, shape }: TypeProto_Tensor): TypeProto {
  const stacked = shape && { dim: [{ value: dimOf(null) }, ...shape.dim] };
  return create(TypeProtoSchema, {
    value: { case: 'tensorType', value: { elemType, ...(stacked && { shape: stacked }) } },
  });
}

/** A size, a symbol, or nothing, as the file writes it. */
export function dimOf(dim: Dim) {
  if (dim === null) return { case: undefined };
  return typeof dim === 'number'
    ? ({ case: 'dimValue', value: BigInt(dim) } as const)
    : ({ case: 'dimParam', value: dim } as const);
}
