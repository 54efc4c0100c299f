import type { Dim, TensorSpec } from './spec.ts';

/** A batch of one; a past that is empty: models with a cache of what they said begin so. */
const BY_NAME: readonly (readonly [RegExp, (choice: SymbolChoice) => number])[] = [
  [/past|cache/i, () => 0],
  [/batch|^bs$|rows/i, () => 1],
  [/seq|token|length|time|frames|samples/i, ({ length }) => length],
];

/** What exporters write where they mean any size: two of them are not one. */
const NAMELESS = /^(|\?|-1|none|unknown|dynamic)$/i;

/** A dim that says nothing as one that is left out. */
export const withoutNameless = (dim: Dim): Dim => (typeof dim === 'string' && NAMELESS.test(dim) ? null : dim);

/** What a trial takes for symbols that say no size. */
export interface SymbolChoice {
  /** Of sequences, and of dims that nobody knows anything of. */
  readonly length: number;
}

/** Numbers for open dims: a symbol is the same number wherever it stands, and one that is a sum is the sum of its parts. */
export class SymbolSizes {
  readonly #choice: SymbolChoice;
  readonly #sizes = new Map<string, number>();

  constructor(inputs: readonly TensorSpec[], choice: SymbolChoice) {
    this.#choice = choice;
    // What stands first somewhere counts things; the name, where it says something, is stronger.
    for (const { dims } of inputs) {
      const [first] = dims;
      if (typeof first === 'string' && this.#named(first) === undefined) this.#sizes.set(first, 1);
    }
  }

  /** The number for a dim; `otherwise` where neither the graph nor the symbol's name says one. */
  of(dim: Dim, otherwise: number): number {
    if (typeof dim === 'number') return dim;
    if (dim === null) return otherwise;
    const parts = dim.split(/\s*\+\s*/);
    if (parts.length > 1) return parts.reduce((sum, part) => sum + this.#part(part), 0);
    const size = this.#sizes.get(dim) ?? this.#named(dim) ?? otherwise;
    this.#sizes.set(dim, size);
    return size;
  }

  #part(part: string): number {
    return /^\d+$/.test(part) ? Number(part) : this.of(part, this.#choice.length);
  }

  #named(symbol: string): number | undefined {
    return BY_NAME.find(([pattern]) => pattern.test(symbol))?.[1](this.#choice);
  }
}
