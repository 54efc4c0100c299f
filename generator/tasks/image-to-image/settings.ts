import { z } from 'zod';
import { Preprocessing } from '../../pictures/preprocessing.ts';

/** A picture in, a picture out. */
export const ImageToImage = z.strictObject({
  kind: z.literal('image-to-image'),
  input: z.string(),
  output: z.string(),
  preprocessing: Preprocessing,
  /** How the output is read as a picture. */
  result: z.strictObject({
    /** `luma` is the light alone (Y of YCbCr): the colours are those of the picture, enlarged. */
    colors: z.enum(['RGB', 'BGR', 'RGBA', 'gray', 'luma']),
    layout: z.enum(['NCHW', 'NHWC']),
    /** What black and white are: 0 and 1, 0 and 255, −1 and 1, or what the preprocessing makes of them. */
    values: z.enum(['unit', 'bytes', 'signed', 'normalized']),
  }),
  /** Pixels of the output for one of the input, along each side. */
  scale: z.number().int().positive(),
  /** The answer is as large as the model's output, or goes back to the picture's own size, times `scale`. */
  size: z.enum(['model', 'picture']),
});
export type ImageToImage = z.infer<typeof ImageToImage>;
