import { Tensor } from 'onnxruntime-node';
import type { ElementType } from '../spec.ts';

/** A tensor to make up: which numbers is up to the run. */
export interface FeedSpec {
  readonly elementType: ElementType;
  readonly dims: readonly number[];
}

/** The made-up pictures of a trial run, as ranges of the numbers in them. */
export const RUNS = [
  { from: 0, to: 0 },
  { from: -1, to: 1 },
  { from: 0, to: 255 },
] as const;

type Run = (typeof RUNS)[number];

/** A small linear congruential generator: the same numbers everywhere, every time. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A tensor of made-up numbers; integers stay small and positive, text is empty. */
export function makeFeed({ elementType, dims }: FeedSpec, run: Run): Tensor {
  const length = dims.reduce((product, dim) => product * dim, 1);
  const next = random(length + 1);
  const real = (): number => run.from + (run.to - run.from) * next();
  const whole = (most: number) => (): number => Math.min(most, Math.floor(Math.abs(real())));
  const fill = <T extends { [index: number]: number }>(data: T, number: () => number): T => {
    for (let i = 0; i < length; i++) data[i] = number();
    return data;
  };
  switch (elementType) {
    case 'float32':
      return new Tensor('float32', fill(new Float32Array(length), real), dims);
    case 'float64':
      return new Tensor('float64', fill(new Float64Array(length), real), dims);
    case 'uint8':
      return new Tensor('uint8', fill(new Uint8Array(length), whole(255)), dims);
    case 'int8':
      return new Tensor('int8', fill(new Int8Array(length), whole(127)), dims);
    case 'uint16':
      return new Tensor('uint16', fill(new Uint16Array(length), whole(255)), dims);
    case 'int16':
      return new Tensor('int16', fill(new Int16Array(length), whole(255)), dims);
    case 'uint32':
      return new Tensor('uint32', fill(new Uint32Array(length), whole(255)), dims);
    case 'int32':
      return new Tensor('int32', fill(new Int32Array(length), whole(255)), dims);
    case 'int64':
      return new Tensor(
        'int64',
        BigInt64Array.from({ length }, () => BigInt(whole(1)())),
        dims,
      );
    case 'uint64':
      return new Tensor(
        'uint64',
        BigUint64Array.from({ length }, () => BigInt(whole(1)())),
        dims,
      );
    case 'bool':
      return new Tensor('bool', fill(new Uint8Array(length), whole(1)), dims);
    case 'string':
      return new Tensor(
        'string',
        Array.from({ length }, () => ''),
        dims,
      );
    default:
      throw new Error(`${elementType} can't be fed`);
  }
}
