import type { TensorSpec } from '../spec.ts';

/** The protocol's names of ONNX's element types. */
export const DATATYPES: Readonly<Record<string, string>> = {
  bool: 'BOOL',
  int8: 'INT8',
  int16: 'INT16',
  int32: 'INT32',
  int64: 'INT64',
  uint8: 'UINT8',
  uint16: 'UINT16',
  uint32: 'UINT32',
  uint64: 'UINT64',
  float16: 'FP16',
  bfloat16: 'BF16',
  float32: 'FP32',
  float64: 'FP64',
  string: 'BYTES',
};

/** What clients see: of a type that the protocol has no name for, what it is cast to. */
export function datatypeOf({ elementType, declaredType = elementType }: TensorSpec): string {
  return DATATYPES[declaredType] ?? DATATYPES[elementType] ?? elementType;
}

/** Whether a client may call an input's type so: as the model's file has it, or as it is fed. */
export function isDatatypeOf({ elementType, declaredType = elementType }: TensorSpec, datatype: unknown): boolean {
  return datatype === DATATYPES[declaredType] || datatype === DATATYPES[elementType];
}
