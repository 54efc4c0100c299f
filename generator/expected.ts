import { z } from 'zod';

/** What a project's fixtures must be answered with: made by running the model in the generator, not by the handler under test. */
export const EXPECTED_FILE = 'fixtures/expected.json';

const Prediction = z.strictObject({ className: z.string(), probability: z.number() });
export type Prediction = z.infer<typeof Prediction>;

export const Expected = z.strictObject({
  version: z.literal(1),
  /** Largest absolute difference of a probability that passes. */
  tolerance: z.number().positive(),
  /** By the picture's file name in fixtures/; predictions best first. */
  fixtures: z.record(z.string(), z.strictObject({ predictions: z.array(Prediction) })),
});
export type Expected = z.infer<typeof Expected>;
