import { z } from 'zod';
import { TEXT_TASK } from '../../text/settings.ts';
import { ImageClassification } from '../image-classification/settings.ts';

const { scores, classes, top } = ImageClassification.shape;

/** Text in, a score for each class out. */
export const TextClassification = z.strictObject({
  kind: z.literal('text-classification'),
  ...TEXT_TASK,
  scores,
  classes,
  top,
});
export type TextClassification = z.infer<typeof TextClassification>;
