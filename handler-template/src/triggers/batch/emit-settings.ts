import { z } from 'zod';

/** Names that S3 takes. */
export const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** As onnx-lambda.yaml keeps it. */
export const settings = z.strictObject({
  kind: z.literal('batch'),
  /** That is there already; without it the stack makes its own. */
  bucket: z.string().regex(BUCKET).optional(),
  /** Of one invocation, at most. An execution's input may say otherwise, as for the next two. */
  items: z.number().int().min(1).max(1000).default(25),
  /** Invocations at a time. */
  concurrency: z.number().int().min(1).max(10_000).default(50),
  /** Percent of items in failed batches that an execution stands. */
  tolerated: z.number().min(0).max(100).default(5),
});
export type Batch = z.infer<typeof settings>;
