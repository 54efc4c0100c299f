/** How a picture becomes a tensor: decode, upright, colours, resize, crop or pad, then `(value × rescaleFactor − mean[c]) / std[c]`. */
export interface Preprocessing {
  readonly width: number;
  readonly height: number;
  readonly resize:
    | { readonly kind: 'stretch' }
    | { readonly kind: 'crop'; readonly shortestEdge: number }
    | { readonly kind: 'pad'; readonly fill: number }
    | { readonly kind: 'letterbox'; readonly fill: number }
    | { readonly kind: 'none' };
  readonly resample: 'nearest' | 'bilinear' | 'bicubic' | 'lanczos';
  readonly colorOrder: 'RGB' | 'BGR' | 'gray';
  readonly layout: 'NCHW' | 'NHWC';
  readonly rescaleFactor: number;
  /** One number a channel, in the order of the tensor's channels. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}
