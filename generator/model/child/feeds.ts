import { Tensor } from 'onnxruntime-node';
import type { ElementType } from '../spec.ts';

/**
 * What the elements of a made-up tensor are: as the run says, or always the same. Whole numbers of a run are 0 or 1 where they may be
 * indices (32 and 64 bits), and up to 255 where they may be pixels.
 */
export type Content = 'run' | 'zeros' | 'ones' | 'words' | 'digits';

/** A tensor to make up: which numbers is up to the run. */
export interface FeedSpec {
  readonly elementType: ElementType;
  readonly dims: readonly number[];
  /** `run` where nothing is said. */
  readonly content?: Content;
}

/** The made-up pictures of a trial run, as ranges of the numbers in them. */
export const RUNS = [
  { from: 0, to: 0 },
  { from: -1, to: 1 },
  { from: 0, to: 255 },
] as const;

interface Run {
  readonly from: number;
  readonly to: number;
}

const SAME: Partial<Record<Content, Run>> = { zeros: { from: 0, to: 0 }, ones: { from: 1, to: 1 } };
const WORDS = ['a', 'the', 'cat', 'Some words, one after another.', 'good'];
const PIXEL = 255;
const INDEX = 1;

/** A small linear congruential generator: the same numbers everywhere, every time. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** How to make an array of each type out of numbers. */
const ARRAYS = {
  float32: { most: Infinity, from: (numbers: number[]) => Float32Array.from(numbers) },
  float64: { most: Infinity, from: (numbers: number[]) => Float64Array.from(numbers) },
  uint8: { most: PIXEL, from: (numbers: number[]) => Uint8Array.from(numbers) },
  int8: { most: 127, from: (numbers: number[]) => Int8Array.from(numbers) },
  uint16: { most: PIXEL, from: (numbers: number[]) => Uint16Array.from(numbers) },
  int16: { most: PIXEL, from: (numbers: number[]) => Int16Array.from(numbers) },
  uint32: { most: INDEX, from: (numbers: number[]) => Uint32Array.from(numbers) },
  int32: { most: INDEX, from: (numbers: number[]) => Int32Array.from(numbers) },
  uint64: { most: INDEX, from: (numbers: number[]) => BigUint64Array.from(numbers, BigInt) },
  int64: { most: INDEX, from: (numbers: number[]) => BigInt64Array.from(numbers, BigInt) },
  bool: { most: 1, from: (numbers: number[]) => Uint8Array.from(numbers) },
} as const;

/** A tensor of made-up numbers, or of made-up text. */
export function makeFeed({ elementType, dims, content = 'run' }: FeedSpec, run: Run): Tensor {
  const length = dims.reduce((product, dim) => product * dim, 1);
  if (elementType === 'string') {
    const text = (i: number): string => (content === 'digits' ? String(i % 2) : (WORDS[i % WORDS.length] as string));
    return new Tensor(
      'string',
      Array.from({ length }, (_, i) => text(i)),
      dims,
    );
  }
  if (elementType === 'float16' || elementType === 'bfloat16') throw new Error(`${elementType} can't be fed`);
  const { most, from } = ARRAYS[elementType];
  const { from: low, to: high } = SAME[content] ?? run;
  const next = random(length + 1);
  const real = (): number => low + (high - low) * next();
  const whole = (): number => Math.min(most, Math.floor(Math.abs(real())));
  const numbers = Array.from({ length }, most === Infinity ? real : whole);
  return new Tensor(elementType as 'float32', from(numbers) as Float32Array, dims);
}
