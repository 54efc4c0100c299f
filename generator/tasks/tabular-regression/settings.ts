import { z } from 'zod';
import { columns } from '../../tabular/columns.ts';

/** Rows of features in, a number for each out, or several. */
export const TabularRegression = z.strictObject({
  kind: z.literal('tabular-regression'),
  ...columns,
  output: z.string(),
  /** How many numbers are predicted of a row. */
  targets: z.number().int().positive(),
});
export type TabularRegression = z.infer<typeof TabularRegression>;
