import type { Picture } from '../../../pictures/child/resample.ts';
import type { ImageToImage } from '../settings.ts';

/** The first picture of an output, pixel by pixel. @throws Error where a number is not finite */
export function pictureFrom(
  numbers: readonly number[],
  [, ...dims]: readonly number[],
  { result, preprocessing }: ImageToImage,
): Picture {
  const first = result.layout === 'NCHW';
  const [channels = 0, height = 0, width = 0] = first ? dims : [dims[2], dims[0], dims[1]];
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const number = numbers[first ? (c * height + y) * width + x : (y * width + x) * channels + c] ?? NaN;
        const value = toLevel(number, c, result.values, preprocessing);
        if (!Number.isFinite(value)) throw new Error('The picture has a number that is not finite');
        const place = result.colors === 'BGR' ? channels - 1 - c : c;
        data[(y * width + x) * channels + place] = Math.min(255, Math.max(0, Math.round(value)));
      }
    }
  }
  return { width, height, channels, data };
}

function toLevel(
  number: number,
  channel: number,
  values: ImageToImage['result']['values'],
  { mean, std, rescaleFactor }: ImageToImage['preprocessing'],
): number {
  switch (values) {
    case 'bytes':
      return number;
    case 'unit':
      return number * 255;
    case 'signed':
      return ((number + 1) / 2) * 255;
    case 'normalized':
      return (number * (std[channel] ?? std.at(-1) ?? 1) + (mean[channel] ?? mean.at(-1) ?? 0)) / rescaleFactor;
  }
}
