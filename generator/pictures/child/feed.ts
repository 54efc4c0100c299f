import { Tensor } from 'onnxruntime-node';
import type { ElementType } from '../../model/spec.ts';
import type { Preprocessing } from '../preprocessing.ts';
import { preprocess } from './preprocess.ts';
import type { Picture } from './resample.ts';

/** How to make an array of each element type that pictures are fed as. */
const ARRAYS = {
  float32: (values: Float64Array) => Float32Array.from(values),
  float64: (values: Float64Array) => values,
  uint8: (values: Float64Array) => Uint8Array.from(values, whole(0, 255)),
  int8: (values: Float64Array) => Int8Array.from(values, whole(-128, 127)),
} satisfies Partial<Record<ElementType, (values: Float64Array) => object>>;

/** The tensor of a picture; where the graph fixes a batch, the picture is repeated. */
export function feedOf(
  picture: Picture,
  preprocessing: Preprocessing,
  { elementType, batch }: { readonly elementType: ElementType; readonly batch: number },
): Tensor {
  const one = preprocess(picture, preprocessing);
  const { layout, colorOrder, resize } = preprocessing;
  const { width, height } = resize.kind === 'none' ? picture : preprocessing;
  const channels = colorOrder === 'gray' ? 1 : 3;
  const dims = layout === 'NCHW' ? [batch, channels, height, width] : [batch, height, width, channels];
  const all = new Float64Array(one.length * batch);
  for (let i = 0; i < batch; i++) all.set(one, i * one.length);
  if (!Object.hasOwn(ARRAYS, elementType)) throw new Error(`A picture can't be fed as ${elementType}`);
  const type = elementType as keyof typeof ARRAYS;
  return new Tensor(type as 'float32', ARRAYS[type](all) as Float32Array, dims);
}

function whole(least: number, most: number): (value: number) => number {
  return (value) => Math.max(least, Math.min(most, Math.round(value)));
}
