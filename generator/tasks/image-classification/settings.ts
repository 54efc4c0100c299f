import { z } from 'zod';
import { Preprocessing } from '../../pictures/preprocessing.ts';

/** A picture in, a score for each class out. */
export const ImageClassification = z.strictObject({
  kind: z.literal('image-classification'),
  input: z.string(),
  output: z.string(),
  /** What the output holds: logits go through softmax, or each for itself through sigmoid where several classes may hold. */
  scores: z.enum(['logits', 'probabilities', 'multi-label-logits', 'multi-label-probabilities']),
  classes: z.number().int().positive(),
  /** How many predictions are answered where the request does not say. */
  top: z.number().int().positive(),
  preprocessing: Preprocessing,
});
export type ImageClassification = z.infer<typeof ImageClassification>;
