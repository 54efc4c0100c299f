import type { Preprocessing } from '../../pictures/preprocessing.ts';

export interface Settings {
  readonly kind: 'image-to-image';
  readonly input: string;
  readonly output: string;
  readonly preprocessing: Preprocessing;
  readonly result: Result;
  /** The answer is as large as the model's output, or goes back to the picture's own size, times what the model enlarges by. */
  readonly size: 'model' | 'picture';
}

/** How the output is read as a picture. */
export interface Result {
  /** `luma` is the light alone (Y of YCbCr): the colours are those of the picture, enlarged. */
  readonly colors: 'RGB' | 'BGR' | 'RGBA' | 'gray' | 'luma';
  readonly layout: 'NCHW' | 'NHWC';
  /** What black and white are: 0 and 1, 0 and 255, −1 and 1, or what the preprocessing makes of them. */
  readonly values: 'unit' | 'bytes' | 'signed' | 'normalized';
}
