import type { DeclaredType, ElementType } from './spec.ts';

/** ONNX TensorProto.DataType by number, for the types that a tool like this can feed or read. */
export const ELEMENT_CODES = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
  16: 'bfloat16',
} as const satisfies Record<number, ElementType>;

/** The other types, by number: cast at the boundary, or named in messages. */
const OTHER_CODES: Readonly<Record<number, string>> = {
  0: 'undefined',
  14: 'complex64',
  15: 'complex128',
  17: 'float8e4m3fn',
  18: 'float8e4m3fnuz',
  19: 'float8e5m2',
  20: 'float8e5m2fnuz',
  21: 'uint4',
  22: 'int4',
  23: 'float4e2m1',
  24: 'float8e8m0',
  25: 'uint2',
  26: 'int2',
};

/** The element type of a number in the file, or undefined where it is none of ours. */
export function elementType(code: number): ElementType | undefined {
  return (ELEMENT_CODES as Readonly<Record<number, ElementType>>)[code];
}

/** A name for any number in the file. */
export function elementName(code: number): string {
  return elementType(code) ?? OTHER_CODES[code] ?? `type ${code}`;
}

/** The number in the file for a type. */
export function elementCode(type: DeclaredType): number {
  const found = Object.entries({ ...ELEMENT_CODES, ...OTHER_CODES }).find(([, name]) => name === type);
  return Number(found?.[0]);
}
