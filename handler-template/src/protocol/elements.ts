import type { TensorSpec } from '../spec.ts';
import type { ArrayOf, RunType, TensorData } from '../tensors.ts';
import { mismatch, named, shown } from './mismatch.ts';

type List = readonly unknown[];
type Fail = (i: number) => never;
type Read<Type extends RunType> = (list: List, fail: Fail, declared: string) => ArrayOf[Type];

/** First size that rounds to infinity: half a step above the largest number of the type. */
const BEYOND: Readonly<Record<string, number>> = {
  float16: 65_520,
  bfloat16: (2 - 2 ** -8) * 2 ** 127,
  float32: (2 - 2 ** -24) * 2 ** 127,
};

/** Smallest and largest, also of types that are cast to a wider one at the model's boundary. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  int4: [-8, 7],
  uint4: [0, 15],
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32_768, 32_767],
  uint16: [0, 65_535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
};

const BIG_RANGES = {
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
} as const;

/** The runtime takes text as UTF-8 that ends at NUL. */
const NOT_CARRIED = /[\0\p{Surrogate}]/u;

const DECIMAL = /^-?\d{1,20}$/;

function floats(array: Float32Array | Float64Array, list: List, fail: Fail, declared: string): void {
  const beyond = BEYOND[declared] ?? Infinity;
  for (let i = 0; i < array.length; i++) {
    const one = list[i];
    const value = typeof one === 'bigint' ? Number(one) : one;
    // JSON's 1e400 is infinite once it is parsed.
    if (typeof value !== 'number' || !(value < beyond && value > -beyond)) fail(i);
    else array[i] = value;
  }
}

function integers<Of extends Exclude<ArrayOf[RunType], List | BigInt64Array | BigUint64Array>>(
  array: Of,
  list: List,
  fail: Fail,
  [smallest, largest]: readonly [number, number],
): Of {
  for (let i = 0; i < array.length; i++) {
    const value = list[i];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < smallest || value > largest) fail(i);
    else array[i] = value;
  }
  return array;
}

/** Digits, or a number that nothing has rounded. */
function isWhole(value: unknown): value is string | number | bigint {
  return typeof value === 'string' ? DECIMAL.test(value) : typeof value === 'bigint' || Number.isSafeInteger(value);
}

function bigs<Of extends BigInt64Array | BigUint64Array>(
  array: Of,
  list: List,
  fail: Fail,
  [smallest, largest]: readonly [bigint, bigint],
): Of {
  for (let i = 0; i < array.length; i++) {
    const value = list[i];
    const big = isWhole(value) ? BigInt(value) : largest + 1n;
    if (big < smallest || big > largest) fail(i);
    array[i] = big;
  }
  return array;
}

const range = (type: keyof typeof RANGES, declared: string): readonly [number, number] =>
  RANGES[declared] ?? RANGES[type] ?? [0, 0];

const READ: { readonly [Type in RunType]: Read<Type> } = {
  float32(list, fail, declared) {
    const array = new Float32Array(list.length);
    floats(array, list, fail, BEYOND[declared] ? declared : 'float32');
    return array;
  },
  float64(list, fail, declared) {
    const array = new Float64Array(list.length);
    floats(array, list, fail, declared);
    return array;
  },
  int8: (list, fail, declared) => integers(new Int8Array(list.length), list, fail, range('int8', declared)),
  uint8: (list, fail, declared) => integers(new Uint8Array(list.length), list, fail, range('uint8', declared)),
  int16: (list, fail, declared) => integers(new Int16Array(list.length), list, fail, range('int16', declared)),
  uint16: (list, fail, declared) => integers(new Uint16Array(list.length), list, fail, range('uint16', declared)),
  int32: (list, fail, declared) => integers(new Int32Array(list.length), list, fail, range('int32', declared)),
  uint32: (list, fail, declared) => integers(new Uint32Array(list.length), list, fail, range('uint32', declared)),
  int64: (list, fail) => bigs(new BigInt64Array(list.length), list, fail, BIG_RANGES.int64),
  uint64: (list, fail) => bigs(new BigUint64Array(list.length), list, fail, BIG_RANGES.uint64),
  bool(list, fail) {
    const array = new Uint8Array(list.length);
    for (let i = 0; i < array.length; i++) {
      const value = list[i];
      if (value === true || value === 1) array[i] = 1;
      else if (value !== false && value !== 0) fail(i);
    }
    return array;
  },
  string(list, fail) {
    for (let i = 0; i < list.length; i++) {
      const value = list[i];
      if (typeof value !== 'string' || NOT_CARRIED.test(value)) fail(i);
    }
    return list as readonly string[];
  },
};

/**
 * JSON's values to what the model is fed.
 *
 * @param place names an element in messages
 * @throws ServiceError INPUT_MISMATCH naming the first value that is of another kind or out of range
 */
export function elementsOf(
  list: List,
  dims: readonly number[],
  spec: TensorSpec,
  place = (i: number): string => `Element ${i} of input ${named(spec.name)}`,
): TensorData {
  const { elementType, declaredType = elementType } = spec;
  // What is fed is never a half: the model's boundary is cast.
  const type = elementType as RunType;
  const fail: Fail = (i) => {
    throw mismatch(place(i), expected(declaredType), came(list[i], elementType));
  };
  return { type, dims, data: READ[type](list, fail, declaredType) } as TensorData;
}

function expected(type: string): string {
  if (type === 'string') return 'a string without NUL or half a surrogate pair';
  if (type === 'bool') return 'true or false';
  const bounds = RANGES[type] ?? BIG_RANGES[type as 'int64'];
  return (bounds as unknown)
    ? `a whole number from ${String(bounds[0])} to ${String(bounds[1])}`
    : `a number that ${type} can hold`;
}

function came(value: unknown, type: string): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number beyond that';
  const unsafe = type in BIG_RANGES && Number.isInteger(value) && !Number.isSafeInteger(value);
  return unsafe ? 'a number beyond 2^53, which a direct invoke rounds: send it as a string of digits' : shown(value);
}
