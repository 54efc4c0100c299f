import type { Pixels } from './resample.ts';

/**
 * Decoded bytes (1 gray, 3 RGB or 4 CMYK) to what the model sees, by Pillow's integer arithmetic: no colour management.
 * Works in place where the picture does not grow.
 */
export function toColours(pixels: Pixels, wanted: 'RGB' | 'gray'): Pixels {
  const { channels } = pixels;
  if (wanted === 'gray') return channels === 1 ? pixels : luma(channels === 4 ? fromCmyk(pixels) : pixels);
  if (channels === 1) return triple(pixels);
  return channels === 4 ? fromCmyk(pixels) : pixels;
}

/** Ink to light: `(255 − k) × (255 − c) / 255`, rounded. */
function fromCmyk({ width, height, data }: Pixels): Pixels {
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    const light = 255 - data[from + 3]!;
    for (let c = 0; c < 3; c++) data[to + c] = Math.max(0, light - share(data[from + c]!, light));
  }
  return { width, height, channels: 3, data: data.subarray(0, width * height * 3) };
}

/** a × b / 255, rounded, without a division. */
function share(a: number, b: number): number {
  const product = a * b + 128;
  return ((product >> 8) + product) >> 8;
}

/** ITU-R 601 luma in 16 bits: 0.299 R + 0.587 G + 0.114 B. */
function luma({ width, height, data }: Pixels): Pixels {
  for (let from = 0, to = 0; from < data.length; from += 3, to++) {
    data[to] = (data[from]! * 19595 + data[from + 1]! * 38470 + data[from + 2]! * 7471 + 0x8000) >> 16;
  }
  return { width, height, channels: 1, data: data.subarray(0, width * height) };
}

function triple({ width, height, data }: Pixels): Pixels {
  const out = new Uint8Array(data.length * 3);
  for (let i = 0; i < data.length; i++) out.fill(data[i]!, i * 3, i * 3 + 3);
  return { width, height, channels: 3, data: out };
}
