import { z } from 'zod';

/** How the features of a row are laid out in the model's inputs. */
export const columns = {
  /** In the model's order; each input has a column for each of its features. */
  inputs: z.array(z.strictObject({ input: z.string(), features: z.array(z.string()) })),
  /** Whether a number may be missing: null is NaN to the model. */
  missing: z.boolean(),
};
export type Columns = z.infer<z.ZodObject<typeof columns>>;

/** Names of all features, in the order of the model's inputs. */
export function featuresOf({ inputs }: Pick<Columns, 'inputs'>): string[] {
  return inputs.flatMap(({ features }) => features);
}

/** The same columns by other names, in the same order. */
export function renamed(inputs: Columns['inputs'], names: readonly string[]): Columns['inputs'] {
  let from = 0;
  return inputs.map(({ input, features }) => ({ input, features: names.slice(from, (from += features.length)) }));
}
