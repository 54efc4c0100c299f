import { resize, type Picture } from '../../../pictures/child/resample.ts';

type Weights = readonly [number, number, number];

/** YCbCr as in JPEG files: light, blue and red. */
const LIGHT: Weights = [0.299, 0.587, 0.114];
const BLUE: Weights = [-0.16874, -0.33126, 0.5];
const RED: Weights = [0.5, -0.41869, -0.08131];

/** Pillow sums up whole 64ths of each part, and leaves out what is less than a whole at the end. */
function weigh(parts: readonly number[], weights: readonly number[]): number {
  const sixtyFourths = parts.map((part, i) => {
    const exact = Math.abs(part * (weights[i] ?? 0)) * 64;
    return Math.sign(part) * Math.sign(weights[i] ?? 0) * Math.floor(exact + 0.5);
  });
  return Math.floor(sixtyFourths.reduce((a, b) => a + b, 0) / 64);
}

function plane({ width, height, data }: Picture, weights: Weights, middle: number): Picture {
  const values = Uint8Array.from(
    { length: width * height },
    (_, i) => weigh([...data.subarray(i * 3, i * 3 + 3)], weights) + middle,
  );
  return { width, height, channels: 1, data: values };
}

/** The light of an RGB picture. */
export function lightOf(rgb: Picture): Picture {
  return plane(rgb, LIGHT, 0);
}

/** Light in the colours of an RGB picture, which are enlarged to its size. */
export function withColours(light: Picture, rgb: Picture): Picture {
  const { width, height } = light;
  const [blue, red] = [BLUE, RED].map((weights) => resize(plane(rgb, weights, 128), width, height, 'bicubic').data);
  const data = new Uint8Array(width * height * 3);
  light.data.forEach((y, i) => {
    const [cb, cr] = [(blue?.[i] ?? 0) - 128, (red?.[i] ?? 0) - 128];
    const rgbHere = [weigh([cr], [1.402]), weigh([cb, cr], [-0.34414, -0.71414]), weigh([cb], [1.772])];
    data.set(
      rgbHere.map((more) => Math.min(255, Math.max(0, y + more))),
      i * 3,
    );
  });
  return { width, height, channels: 3, data };
}
