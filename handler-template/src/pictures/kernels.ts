import type { Preprocessing } from './preprocessing.ts';

export type Resample = Preprocessing['resample'];

/** Weights are whole numbers: 1 is 1 << PRECISION. So is Pillow's arithmetic for bytes. */
export const PRECISION = 22;

/** Which pixels of the source each pixel of the result is made of, along one axis. */
export interface Axis {
  /** Pixels of the result. */
  readonly count: number;
  /** Source pixels that are needed at all: start ≤ i < end. */
  readonly start: number;
  readonly end: number;
  /** For each pixel of the result: its first source pixel, and how many there are. */
  readonly firsts: Int32Array;
  readonly lengths: Int32Array;
  /** Pixel i's weights begin at i × stride. */
  readonly weights: Int32Array;
  readonly stride: number;
}

interface Kernel {
  /** Reach to each side, in pixels of the larger of source and result. */
  readonly support: number;
  readonly at: (x: number) => number;
}

/** Keys' cubic with a = −0.5. */
const A = -0.5;

const KERNELS: Record<Exclude<Resample, 'nearest'>, Kernel> = {
  bilinear: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: {
    support: 2,
    at: (x) => {
      const d = Math.abs(x);
      if (d < 1) return ((A + 2) * d - (A + 3)) * d * d + 1;
      return d < 2 ? (((d - 5) * d + 8) * d - 4) * A : 0;
    },
  },
  lanczos: { support: 3, at: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
}

/**
 * The weights for pixels from ≤ i < to of an axis that is scaled from `source` to `scaled` pixels.
 * A kernel grows with the scale when it shrinks (antialias), as in Pillow.
 */
export function axisFor(kernel: Resample, source: number, scaled: number, from: number, to: number): Axis {
  return kernel === 'nearest' ? nearest(source, scaled, from, to) : weighted(KERNELS[kernel], source, scaled, from, to);
}

function nearest(source: number, scaled: number, from: number, to: number): Axis {
  const count = to - from;
  const firsts = new Int32Array(count);
  const step = source / scaled;
  // Summed up, not multiplied: the rounding is part of where the border between two pixels lies.
  let centre = step * 0.5;
  for (let i = 0; i < to; i++, centre += step) {
    if (i >= from) firsts[i - from] = Math.min(Math.trunc(centre), source - 1);
  }
  const weights = new Int32Array(count).fill(1 << PRECISION);
  return finish(firsts, new Int32Array(count).fill(1), weights, 1);
}

function weighted({ support, at }: Kernel, source: number, scaled: number, from: number, to: number): Axis {
  const count = to - from;
  const scale = source / scaled;
  const stretch = Math.max(scale, 1);
  const reach = support * stretch;
  const stride = Math.ceil(reach) * 2 + 1;
  const firsts = new Int32Array(count);
  const lengths = new Int32Array(count);
  const weights = new Int32Array(count * stride);
  for (let i = 0; i < count; i++) {
    const centre = (i + from + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - reach + 0.5));
    const length = Math.min(source, Math.trunc(centre + reach + 0.5)) - first;
    const exact = Array.from({ length }, (_, k) => at((k + first - centre + 0.5) * (1 / stretch)));
    const sum = exact.reduce((a, b) => a + b, 0);
    firsts[i] = first;
    lengths[i] = length;
    exact.forEach((weight, k) => {
      const share = (sum === 0 ? weight : weight * (1 / sum)) * (1 << PRECISION);
      weights[i * stride + k] = Math.trunc(share + (share < 0 ? -0.5 : 0.5));
    });
  }
  return finish(firsts, lengths, weights, stride);
}

function finish(firsts: Int32Array, lengths: Int32Array, weights: Int32Array, stride: number): Axis {
  const count = firsts.length;
  const start = firsts[0] ?? 0;
  const end = (firsts[count - 1] ?? 0) + (lengths[count - 1] ?? 0);
  return { count, start, end, firsts, lengths, weights, stride };
}
