import { resample, type Pixels } from '../../pictures/resample.ts';

/** A picture as its light and its colours. */
export interface Split {
  readonly luma: Pixels;
  /** Cb and Cr. */
  readonly chroma: Pixels;
}

/** Shares are whole numbers of 1/64 that are added up and rounded down: so is Pillow's arithmetic for YCbCr. */
const BITS = 6;
const MIDDLE = 128;

/** What each of the values from, from + 1, … adds. */
function shares(factor: number, from = 0): Int32Array {
  return Int32Array.from({ length: 256 }, (_, i) => {
    const share = factor * (i + from) * (1 << BITS);
    return Math.trunc(share + (share < 0 ? -0.5 : 0.5));
  });
}

/** Of red, green and blue: light, blue and red. */
const TO_YCBCR = [
  [shares(0.299), shares(0.587), shares(0.114)],
  [shares(-0.16874), shares(-0.33126), shares(0.5)],
  [shares(0.5), shares(-0.41869), shares(-0.08131)],
] as const;

const RED_OF_CR = shares(1.402, -MIDDLE);
const GREEN_OF_CB = shares(-0.34414, -MIDDLE);
const GREEN_OF_CR = shares(-0.71414, -MIDDLE);
const BLUE_OF_CB = shares(1.772, -MIDDLE);

/** RGB to YCbCr as JPEG has it (ITU-R 601, full range). */
export function split({ width, height, data }: Pixels): Split {
  const luma = new Uint8Array(width * height);
  const chroma = new Uint8Array(width * height * 2);
  TO_YCBCR.forEach(([red, green, blue], plane) => {
    for (let i = 0, at = 0; i < luma.length; i++, at += 3) {
      const value = (red[data[at]!]! + green[data[at + 1]!]! + blue[data[at + 2]!]!) >> BITS;
      if (plane === 0) luma[i] = value;
      else chroma[i * 2 + plane - 1] = value + MIDDLE;
    }
  });
  return {
    luma: { width, height, channels: 1, data: luma },
    chroma: { width, height, channels: 2, data: chroma },
  };
}

/** Light of any size with colours, which are enlarged by the bicubic filter, as RGB. */
export function join({ width, height, data: luma }: Pixels, chroma: Pixels): Pixels {
  const size = { width, height };
  const colours = resample(chroma, size, { scaled: size, x: 0, y: 0, fill: 0 }, 'bicubic').data;
  const data = new Uint8ClampedArray(width * height * 3);
  for (let i = 0, to = 0; i < luma.length; i++, to += 3) {
    const [y, cb, cr] = [luma[i]!, colours[i * 2]!, colours[i * 2 + 1]!];
    data[to] = y + (RED_OF_CR[cr]! >> BITS);
    data[to + 1] = y + ((GREEN_OF_CB[cb]! + GREEN_OF_CR[cr]!) >> BITS);
    data[to + 2] = y + (BLUE_OF_CB[cb]! >> BITS);
  }
  return { width, height, channels: 3, data: new Uint8Array(data.buffer) };
}
