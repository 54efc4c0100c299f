import type { TensorSpec } from '../spec.ts';
import { mismatch, named } from './mismatch.ts';

/**
 * Sizes by the names of symbolic dims, and where two inputs have different ones: the runtime takes them, and fails where its nodes can't, so
 * that is told where it fails.
 */
export class Sizes {
  readonly #first = new Map<string, { readonly size: number; readonly of: string }>();
  readonly differing: string[] = [];

  see(dim: string, size: number, of: string): void {
    const first = this.#first.get(dim);
    if (!first) this.#first.set(dim, { size, of });
    else if (first.size !== size)
      this.differing.push(`${named(dim)} is ${first.size} in ${named(first.of)} and ${size} in ${named(of)}`);
  }
}

/** What exporters write where they mean any size: two of them are not one. */
const NAMELESS: ReadonlySet<string> = new Set(['', '?', '-1', 'None', 'none', 'unknown', 'dynamic']);

function sketch(dims: readonly unknown[]): string {
  const parts = dims
    .slice(0, 12)
    .map((dim) => (typeof dim === 'number' || typeof dim === 'string' ? String(dim) : '?'));
  return `[${parts.join(', ').slice(0, 80)}]${dims.length > 12 ? ` of rank ${dims.length}` : ''}`;
}

const isSize = (dim: unknown): dim is number => Number.isSafeInteger(dim) && (dim as number) >= 0;

/**
 * Checks a shape against the model's.
 *
 * @throws ServiceError INPUT_MISMATCH
 */
export function shapeOf(
  shape: readonly unknown[],
  { name, dims, anyRank }: TensorSpec,
  sizes: Sizes,
): readonly number[] {
  if (anyRank && shape.every(isSize)) return shape;
  const fits =
    shape.length === dims.length &&
    dims.every((dim, i) => isSize(shape[i]) && (typeof dim !== 'number' || dim === shape[i]));
  if (!fits) throw mismatch(`Input ${named(name)}`, `shape ${sketch(dims)}`, sketch(shape));
  const checked = shape as readonly number[];
  dims.forEach((dim, i) => {
    // A name that one tensor has twice stands for any size too: nothing that runs models holds the two against each other.
    const binds = !NAMELESS.has(String(dim)) && dims.indexOf(dim) === dims.lastIndexOf(dim);
    if (typeof dim === 'string' && binds) sizes.see(dim, checked[i] ?? 0, name);
  });
  return checked;
}
