import type { TensorSpec } from '../spec.ts';
import type { TensorData } from '../tensors.ts';
import type { Preprocessing } from './preprocessing.ts';
import type { Pixels } from './resample.ts';

/**
 * Bytes of the model's size to its input: `(value × rescaleFactor − mean[c]) / std[c]`, c in the order of the tensor's channels.
 *
 * @param pixels 3 channels as RGB, or 1
 * @returns dims [N, C, H, W] or [N, H, W, C]; N is what the graph fixes (the picture is repeated), else 1
 * @throws Error when the model takes neither float32 nor uint8
 */
export function toTensor(
  pixels: Pixels,
  input: TensorSpec,
  preprocessing: Preprocessing,
): TensorData<'float32' | 'uint8'> {
  const { width, height, channels } = pixels;
  const { elementType } = input;
  if (elementType !== 'float32' && elementType !== 'uint8')
    throw new Error(`No way to fill a tensor of ${elementType}`);
  const batch = typeof input.dims[0] === 'number' ? input.dims[0] : 1;
  const dims = preprocessing.layout === 'NCHW' ? [batch, channels, height, width] : [batch, height, width, channels];
  const length = width * height * channels;
  const data = elementType === 'float32' ? new Float32Array(batch * length) : new Uint8ClampedArray(batch * length);
  const values = tables(preprocessing, channels);
  const area = width * height;
  const planar = preprocessing.layout === 'NCHW';
  values.forEach((table, c) => {
    const channel = preprocessing.colorOrder === 'BGR' ? channels - 1 - c : c;
    for (let i = 0; i < area; i++) {
      data[planar ? c * area + i : i * channels + c] = table[pixels.data[i * channels + channel]!]!;
    }
  });
  for (let n = 1; n < batch; n++) data.copyWithin(n * length, 0, length);
  return data instanceof Float32Array
    ? { type: 'float32', data, dims }
    : { type: 'uint8', data: new Uint8Array(data.buffer), dims };
}

/** What each of the 256 bytes becomes, a table a channel. */
function tables({ rescaleFactor, mean, std }: Preprocessing, channels: number): Float64Array[] {
  return Array.from({ length: channels }, (_, c) =>
    Float64Array.from({ length: 256 }, (__, value) => (value * rescaleFactor - (mean[c] ?? NaN)) / (std[c] ?? NaN)),
  );
}
