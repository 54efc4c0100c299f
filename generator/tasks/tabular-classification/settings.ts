import { z } from 'zod';
import { columns } from '../../tabular/columns.ts';

/** What the model's numbers are: `probability` and `logit` are one number, of the second of two classes; `raw` is neither. */
const Scores = z.strictObject({
  /** One output with a column for each class, or an output for each. */
  outputs: z.array(z.string()),
  kind: z.enum(['probabilities', 'logits', 'probability', 'logit', 'raw']),
});
export type Scores = z.infer<typeof Scores>;

/** Rows of features in, a class for each out. */
export const TabularClassification = z.strictObject({
  kind: z.literal('tabular-classification'),
  ...columns,
  /** The output with the class itself; without one it is the class of the highest score. */
  label: z.string().optional(),
  scores: Scores.optional(),
  /** What the model calls its classes, in the order of the scores; empty where nobody knows. */
  classes: z.array(z.string()),
});
export type TabularClassification = z.infer<typeof TabularClassification>;
