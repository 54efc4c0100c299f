import type { Preprocessing } from '../preprocessing.ts';

/** Bytes of a picture, row by row, channels side by side. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

type Resample = Preprocessing['resample'];

interface Filter {
  /** Half the width of the filter, in pixels of the larger picture's scale. */
  readonly support: number;
  weight(x: number): number;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const FILTERS: Readonly<Record<Exclude<Resample, 'nearest'>, Filter>> = {
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  // Keys' cubic with a = -1/2.
  bicubic: {
    support: 2,
    weight(x) {
      const d = Math.abs(x);
      if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
      return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
    },
  },
  lanczos: { support: 3, weight: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** Pillow keeps weights as integers of this many fractional bits: with them, sums round as its do. */
const ONE = 2 ** 22;

/** For each place along one axis: where its source pixels begin, and what each of them weighs. */
function weightsAlong(from: number, to: number, filter: Filter): { first: number; weights: number[] }[] {
  const scale = from / to;
  const stretch = Math.max(1, scale); // a smaller picture averages over more pixels (antialiasing)
  const reach = filter.support * stretch;
  return Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(center - reach + 0.5));
    const end = Math.min(from, Math.trunc(center + reach + 0.5));
    const raw = Array.from({ length: end - first }, (_, j) => filter.weight((first + j - center + 0.5) / stretch));
    const sum = raw.reduce((a, b) => a + b, 0);
    return { first, weights: raw.map((weight) => roundAway((weight / sum) * ONE)) };
  });
}

const roundAway = (x: number): number => Math.trunc(x < 0 ? x - 0.5 : x + 0.5);
const toByte = (sum: number): number => Math.max(0, Math.min(255, Math.floor((sum + ONE / 2) / ONE)));

/** Resizes as Pillow's Image.resize does: rows first, rounded to bytes, then columns. An axis that keeps its size is untouched. */
export function resize(picture: Picture, width: number, height: number, resample: Resample): Picture {
  if (resample === 'nearest') return nearest(picture, width, height);
  const wide = width === picture.width ? picture : resizeRows(picture, width, FILTERS[resample]);
  return height === picture.height ? wide : transpose(resizeRows(transpose(wide), height, FILTERS[resample]));
}

function resizeRows({ width, height, channels, data }: Picture, to: number, filter: Filter): Picture {
  const places = weightsAlong(width, to, filter);
  const out = new Uint8Array(to * height * channels);
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (const { first, weights } of places) {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let j = 0; j < weights.length; j++) {
          sum += (data[(y * width + first + j) * channels + c] as number) * (weights[j] as number);
        }
        out[at++] = toByte(sum);
      }
    }
  }
  return { width: to, height, channels, data: out };
}

/** Swaps rows and columns. */
export function transpose(picture: Picture): Picture {
  return remap(picture, picture.height, picture.width, (x, y) => [y, x]);
}

function nearest(picture: Picture, width: number, height: number): Picture {
  const [xs, ys] = [nearestAlong(picture.width, width), nearestAlong(picture.height, height)];
  return remap(picture, width, height, (x, y) => [xs[x] ?? 0, ys[y] ?? 0]);
}

/** Source places by adding up steps, as Pillow does: where a middle falls between two pixels, its rounding decides. */
function nearestAlong(from: number, to: number): number[] {
  const step = from / to;
  let at = step / 2;
  return Array.from({ length: to }, () => {
    const place = Math.min(from - 1, Math.floor(at));
    at += step;
    return place;
  });
}

/** A picture whose pixel at (x, y) is the source's at `from(x, y)`. */
export function remap(
  { channels, data, width: stride }: Picture,
  width: number,
  height: number,
  from: (x: number, y: number) => readonly [x: number, y: number],
): Picture {
  const out = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sx, sy] = from(x, y);
      for (let c = 0; c < channels; c++) {
        out[(y * width + x) * channels + c] = data[(sy * stride + sx) * channels + c] as number;
      }
    }
  }
  return { width, height, channels, data: out };
}
