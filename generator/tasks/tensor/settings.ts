import { z } from 'zod';

/** Tensors in, tensors out, as the Open Inference Protocol has them. All that there is to know of them is in the model's signature. */
export const TensorTask = z.strictObject({ kind: z.literal('tensor') });
export type TensorTask = z.infer<typeof TensorTask>;
