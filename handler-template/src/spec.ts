import { model as generated } from './model.ts';

/** How a picture becomes a tensor: decode, upright, colours, resize, crop or pad, then `(value × rescaleFactor − mean[c]) / std[c]`. */
export interface Preprocessing {
  readonly width: number;
  readonly height: number;
  readonly resize:
    | { readonly kind: 'stretch' }
    | { readonly kind: 'crop'; readonly shortestEdge: number }
    | { readonly kind: 'pad'; readonly fill: number };
  readonly resample: 'nearest' | 'bilinear' | 'bicubic' | 'lanczos';
  readonly colorOrder: 'RGB' | 'BGR' | 'gray';
  readonly layout: 'NCHW' | 'NHWC';
  readonly rescaleFactor: number;
  /** One number a channel, in the order of the tensor's channels. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export interface TensorSpec {
  readonly name: string;
  readonly elementType: string;
  /** A fixed size, the name of a symbolic one, or null where the graph says nothing. */
  readonly dims: readonly (number | string | null)[];
}

export interface Model {
  readonly name: string;
  readonly version: string;
  readonly task: {
    readonly kind: 'image-classification';
    readonly input: string;
    readonly output: string;
    readonly scores: 'logits' | 'probabilities';
    readonly classes: number;
    readonly top: number;
    readonly preprocessing: Preprocessing;
  };
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** Pictures with more millions of pixels are refused. */
  readonly megapixels: number;
}

/** What model.ts says, by the types that the rest of the code works with. */
export const model: Model = generated;
