import { z } from 'zod';

/**
 * Picture to tensor, in this order: decode, turn upright (EXIF), colours, resize, crop, then per element
 * `(value × rescaleFactor − mean[c]) / std[c]`, values 0…255. The names follow Hugging Face's preprocessor_config.json and torchvision.
 */
export const Preprocessing = z.strictObject({
  /** Size that the model takes, in pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  resize: z.discriminatedUnion('kind', [
    /** To width × height, whatever the picture's shape. */
    z.strictObject({ kind: z.literal('stretch') }),
    /**
     * Shorter side to `shortestEdge` pixels (the longer one rounded down), then the middle width × height, half a pixel to the even
     * side; what is missing is black (torchvision's Resize + CenterCrop).
     */
    z.strictObject({ kind: z.literal('crop'), shortestEdge: z.number().int().positive() }),
    /** Inside width × height and in its middle, sizes and offsets rounded half to even, the rest filled with `fill` (Pillow's ImageOps.pad). */
    z.strictObject({ kind: z.literal('pad'), fill: z.number().int().min(0).max(255) }),
    /** The same by one scale for both sides, half a pixel of the offset to the left and top (Ultralytics' LetterBox). */
    z.strictObject({ kind: z.literal('letterbox'), fill: z.number().int().min(0).max(255) }),
    /** As it is, where the model takes any size: width and height say nothing. */
    z.strictObject({ kind: z.literal('none') }),
  ]),
  resample: z.enum(['nearest', 'bilinear', 'bicubic', 'lanczos']),
  colorOrder: z.enum(['RGB', 'BGR', 'gray']),
  layout: z.enum(['NCHW', 'NHWC']),
  rescaleFactor: z.number(),
  /** One number a channel, in the order of the tensor's channels: for BGR the blue one comes first. */
  mean: z.array(z.number()),
  std: z.array(z.number()),
});
export type Preprocessing = z.infer<typeof Preprocessing>;
