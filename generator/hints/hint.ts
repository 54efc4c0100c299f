/** Where a value comes from. A `default` is worth a question, the others are not. */
export type Source = 'graph' | 'trial' | 'metadata' | 'side-file' | 'default';

/** A value with where it comes from and the reason in a sentence. */
export interface Hint<Value> {
  readonly value: Value;
  readonly source: Source;
  readonly why: string;
}

export function hint<Value>(value: Value, source: Source, why: string): Hint<Value> {
  return { value, source, why };
}

/** Hints for some of the fields of a value. */
export type Hints<Fields> = { readonly [Key in keyof Fields]?: Hint<Fields[Key]> };

/** Of each field, the first of the given hints that has one. */
export function firstOf<Fields>(...candidates: readonly Hints<Fields>[]): Hints<Fields> {
  return Object.assign({}, ...candidates.toReversed()) as Hints<Fields>;
}
