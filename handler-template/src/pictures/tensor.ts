import type { TensorSpec } from '../spec.ts';
import type { TensorData } from '../tensors.ts';
import type { Preprocessing } from './preprocessing.ts';
import type { Pixels } from './resample.ts';

/** What pictures are fed as. */
const ARRAYS = { float32: Float32Array, float64: Float64Array, uint8: Uint8Array, int8: Int8Array } as const;
type PictureType = keyof typeof ARRAYS;
export type PictureTensor = TensorData<PictureType>;

/** Whole numbers are rounded to the nearest that there is. */
const WHOLE: Partial<Record<PictureType, readonly [least: number, most: number]>> = {
  uint8: [0, 255],
  int8: [-128, 127],
};

/**
 * Bytes of the model's size to its input: `(value × rescaleFactor − mean[c]) / std[c]`, c in the order of the tensor's channels.
 *
 * @param pixels 3 channels as RGB, or 1
 * @returns dims [N, C, H, W] or [N, H, W, C]; N is what the graph fixes (the picture is repeated), else 1
 * @throws Error when the model takes no numbers that pictures are fed as
 */
export function toTensor(pixels: Pixels, input: TensorSpec, preprocessing: Preprocessing): PictureTensor {
  const { width, height, channels } = pixels;
  const type = input.elementType as PictureType;
  if (!Object.hasOwn(ARRAYS, type)) throw new Error(`No way to fill a tensor of ${type}`);
  const batch = typeof input.dims[0] === 'number' ? input.dims[0] : 1;
  const dims = preprocessing.layout === 'NCHW' ? [batch, channels, height, width] : [batch, height, width, channels];
  const length = width * height * channels;
  const data = new ARRAYS[type](batch * length);
  const values = tables(preprocessing, channels, type);
  const area = width * height;
  const planar = preprocessing.layout === 'NCHW';
  values.forEach((table, c) => {
    const channel = preprocessing.colorOrder === 'BGR' ? channels - 1 - c : c;
    for (let i = 0; i < area; i++) {
      data[planar ? c * area + i : i * channels + c] = table[pixels.data[i * channels + channel]!]!;
    }
  });
  for (let n = 1; n < batch; n++) data.copyWithin(n * length, 0, length);
  return { type, data, dims } as PictureTensor;
}

/** What each of the 256 bytes becomes, a table a channel. */
function tables({ rescaleFactor, mean, std }: Preprocessing, channels: number, type: PictureType): Float64Array[] {
  const [least, most] = WHOLE[type] ?? [];
  return Array.from({ length: channels }, (_, c) =>
    Float64Array.from({ length: 256 }, (__, byte) => {
      const value = (byte * rescaleFactor - (mean[c] ?? NaN)) / (std[c] ?? NaN);
      return least === undefined || most === undefined ? value : Math.min(most, Math.max(least, Math.round(value)));
    }),
  );
}
