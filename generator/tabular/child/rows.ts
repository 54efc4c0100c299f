import type { ElementType } from '../../model/spec.ts';
import type { Known } from './known.ts';

/** A value of a made-up row, as JSON has it. */
export type Value = number | string | boolean | null;

/** Shares of a range, in an order that is no order. */
const SHARES = [0.5, 0.2, 0.9, 0.35, 0.7, 0.05];
const WORDS = ['good', 'a', 'the', 'cat', 'some words'];

/**
 * Rows of the kind that the model knows, the same every time.
 *
 * @param columns their element types, with what the graph tells of each
 */
export function madeUpRows(
  count: number,
  columns: readonly { readonly type: ElementType; readonly known: Known }[],
): Value[][] {
  return Array.from({ length: count }, (_, row) =>
    columns.map(({ type, known }, i) => valueOf(type, known, row + 2 * i)),
  );
}

function valueOf(type: ElementType, { words, range }: Known, turn: number): Value {
  const from = <Item>(items: readonly Item[]): Item => items[turn % items.length] as Item;
  if (type === 'string') return from(words ?? WORDS);
  if (type === 'bool') return turn % 2 === 0;
  if (words) return Number(from(words));
  const [low, high] = range ?? [0, 1];
  const value = low + (high - low) * from(SHARES);
  return type.startsWith('float') ? short(value) : Math.round(Math.abs(value));
}

/** Few digits: people read these. */
const short = (value: number): number => Number(value.toPrecision(4));
