import type { Placement, Size } from './geometry.ts';
import { axisFor, PRECISION, type Axis, type Resample } from './kernels.ts';

/** Interleaved bytes, row by row: `data[(y × width + x) × channels + c]`. */
export interface Pixels extends Size {
  readonly data: Uint8Array;
  /** 1 or 3 for models; 4 before the colours are settled, or with transparency. */
  readonly channels: number;
}

/** What lies between the two passes may take this many bytes, or as many as the picture itself. */
const SCRATCH = 64 * 1024 * 1024;

const HALF = 1 << (PRECISION - 1);

/**
 * Scales a picture and lays it on a canvas. The arithmetic is Pillow's (whole numbers, rounded after each axis),
 * so the bytes are Pillow's bytes; only what ends up on the canvas is computed.
 */
export function resample(source: Pixels, canvas: Size, { scaled, x, y, fill }: Placement, kernel: Resample): Pixels {
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  const columns = axisFor(kernel, source.width, scaled.width, left - x, Math.min(canvas.width - x, scaled.width));
  const rows = axisFor(kernel, source.height, scaled.height, top - y, Math.min(canvas.height - y, scaled.height));
  const needed = rowsOf(source, rows);
  // Across first, as Pillow does, unless that would blow up a thin and very long picture.
  const between = needed.height * columns.count * source.channels;
  const visible =
    between <= Math.max(SCRATCH, needed.data.length)
      ? down(across(needed, columns), rows)
      : across(down(needed, rows), columns);
  const covers = visible.width === canvas.width && visible.height === canvas.height;
  return covers ? visible : lay(visible, canvas, left, top, fill);
}

/** The rows that an axis needs, not copied. */
function rowsOf({ width, channels, data }: Pixels, { start, end }: Axis): Pixels {
  const line = width * channels;
  return { width, height: end - start, channels, data: data.subarray(start * line, end * line) };
}

/** Scales along x: nearly all of the time is spent here, so three channels have a loop of their own. */
function across({ width, height, channels, data }: Pixels, axis: Axis): Pixels {
  const { count, firsts, lengths, weights, stride } = axis;
  const out = new Uint8Array(count * height * channels);
  let to = 0;
  for (let row = 0; row < height; row++) {
    for (let i = 0; i < count; i++) {
      const first = (row * width + firsts[i]!) * channels;
      const last = first + lengths[i]! * channels;
      if (channels === 3) {
        let red = HALF;
        let green = HALF;
        let blue = HALF;
        for (let at = first, k = i * stride; at < last; at += 3, k++) {
          const weight = weights[k]!;
          red = (red + Math.imul(data[at]!, weight)) | 0;
          green = (green + Math.imul(data[at + 1]!, weight)) | 0;
          blue = (blue + Math.imul(data[at + 2]!, weight)) | 0;
        }
        out[to++] = toByte(red);
        out[to++] = toByte(green);
        out[to++] = toByte(blue);
      } else {
        for (let c = 0; c < channels; c++) {
          let sum = HALF;
          for (let at = first + c, k = i * stride; at < last; at += channels, k++)
            sum = (sum + Math.imul(data[at]!, weights[k]!)) | 0;
          out[to++] = toByte(sum);
        }
      }
    }
  }
  return { width: count, height, channels, data: out };
}

/** Scales along y; `source` begins with the axis' first row. */
function down({ width, channels, data }: Pixels, axis: Axis): Pixels {
  const { count, start, firsts, lengths, weights, stride } = axis;
  const line = width * channels;
  const out = new Uint8Array(count * line);
  const sums = new Int32Array(line);
  for (let row = 0; row < count; row++) {
    sums.fill(HALF);
    for (let k = 0; k < lengths[row]!; k++) {
      const weight = weights[row * stride + k]!;
      const from = (firsts[row]! - start + k) * line;
      for (let i = 0; i < line; i++) sums[i]! += Math.imul(data[from + i]!, weight);
    }
    for (let i = 0; i < line; i++) out[row * line + i] = toByte(sums[i]!);
  }
  return { width, height: count, channels, data: out };
}

function toByte(sum: number): number {
  const value = sum >> PRECISION;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

function lay({ width, height, channels, data }: Pixels, canvas: Size, left: number, top: number, fill: number): Pixels {
  const out = new Uint8Array(canvas.width * canvas.height * channels).fill(fill);
  const line = width * channels;
  for (let row = 0; row < height; row++) {
    out.set(data.subarray(row * line, (row + 1) * line), ((top + row) * canvas.width + left) * channels);
  }
  return { ...canvas, channels, data: out };
}
