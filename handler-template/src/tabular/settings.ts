/** How the features of a row are laid out in the model's inputs. */
export interface Columns {
  /** In the model's order; each input has a column for each of its features. */
  readonly inputs: readonly { readonly input: string; readonly features: readonly string[] }[];
  /** Whether a number may be missing: null is NaN to the model. */
  readonly missing: boolean;
}

/** Names of all features, in the order of the model's inputs. */
export function featuresOf({ inputs }: Columns): readonly string[] {
  return inputs.flatMap(({ features }) => features);
}
