import { z } from 'zod';
import { TEXT_TASK } from '../../text/settings.ts';

/** Text in, a vector out. */
export const TextEmbedding = z.strictObject({
  kind: z.literal('text-embedding'),
  ...TEXT_TASK,
  /** How the vectors of a text's tokens become one; `none`: the model gives one vector a text. */
  pooling: z.enum(['none', 'mean', 'cls', 'max', 'last', 'weighted-mean', 'sqrt-mean']),
  /** Whether vectors get length 1. */
  normalize: z.boolean(),
  /** Numbers in a vector. */
  dimensions: z.number().int().positive(),
});
export type TextEmbedding = z.infer<typeof TextEmbedding>;
export type Pooling = TextEmbedding['pooling'];
