import { ServiceError } from '../../errors.ts';
import type { Preprocessing } from '../../pictures/preprocessing.ts';
import type { Pixels } from '../../pictures/resample.ts';
import type { TensorData } from '../../tensors.ts';
import type { Result } from './settings.ts';

/** What a value is multiplied by, and what is added then, to be 0…255. */
interface Scale {
  readonly factor: number;
  readonly offset: number;
}

const SCALES: Readonly<Record<Exclude<Result['values'], 'normalized'>, Scale>> = {
  unit: { factor: 255, offset: 0 },
  bytes: { factor: 1, offset: 0 },
  signed: { factor: 127.5, offset: 127.5 },
};

const CHANNELS: Readonly<Record<Result['colors'], number>> = { RGB: 3, BGR: 3, RGBA: 4, gray: 1, luma: 1 };

/**
 * The first picture of a batch as bytes: each value scaled, rounded and kept in 0…255.
 *
 * @returns 1 channel, or RGB, or RGBA
 * @throws ServiceError RESULT_UNEXPECTED, RESULT_NOT_FINITE
 */
export function toPixels(
  output: TensorData | undefined,
  { colors, layout, values }: Result,
  preprocessing: Preprocessing,
): Pixels {
  const channels = CHANNELS[colors];
  const numbers = numbersOf(output);
  const [, ...sizes] = output?.dims ?? [];
  const [height = 0, width = 0, depth] = layout === 'NCHW' ? [sizes[1], sizes[2], sizes[0]] : sizes;
  const area = width * height;
  if (!numbers || sizes.length !== 3 || depth !== channels || area === 0) throw unexpected();
  const data = new Uint8ClampedArray(area * channels);
  for (let c = 0; c < channels; c++) {
    const { factor, offset } = values === 'normalized' ? inverse(preprocessing, c) : SCALES[values];
    const to = colors === 'BGR' ? channels - 1 - c : c;
    for (let i = 0; i < area; i++) {
      const value = numbers[layout === 'NCHW' ? c * area + i : i * channels + c]!;
      if (!Number.isFinite(value)) {
        throw new ServiceError('RESULT_NOT_FINITE', 'The model answered with a number that is not finite.');
      }
      data[i * channels + to] = value * factor + offset;
    }
  }
  return { width, height, channels, data: new Uint8Array(data.buffer) };
}

/** Undoes `(value × rescaleFactor − mean) / std`. */
function inverse({ rescaleFactor, mean, std }: Preprocessing, channel: number): Scale {
  const at = Math.min(channel, mean.length - 1);
  return { factor: (std[at] ?? NaN) / rescaleFactor, offset: (mean[at] ?? NaN) / rescaleFactor };
}

function numbersOf(output: TensorData | undefined): ArrayLike<number> | undefined {
  if (!output || output.type === 'string' || output.type === 'int64' || output.type === 'uint64') return undefined;
  return output.data;
}

function unexpected(): ServiceError {
  return new ServiceError('RESULT_UNEXPECTED', 'The model answered with another kind of result than it was built for.');
}
