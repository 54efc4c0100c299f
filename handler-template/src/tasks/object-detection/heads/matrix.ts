import { numbersOf, unexpected, type Decoding } from './decode.ts';

/** A matrix with a box a row, whichever way it lies in memory. */
export interface BoxMatrix {
  readonly boxes: number;
  readonly values: number;
  readonly at: (box: number, value: number) => number;
}

/** The last two dims of an output; of a batch the first. @throws ServiceError RESULT_UNEXPECTED where a box has too few values */
export function matrixOf(
  { output, rows }: { readonly output: string; readonly rows: 'boxes' | 'values' },
  decoding: Decoding,
  leastValues: number,
): BoxMatrix {
  const { data, dims } = numbersOf(decoding, output, 2);
  const [height = 0, width = 0] = dims.slice(-2);
  const [boxes, values] = rows === 'boxes' ? [height, width] : [width, height];
  if (values < leastValues) throw unexpected();
  const [boxStep, valueStep] = rows === 'boxes' ? [width, 1] : [1, width];
  return { boxes, values, at: (box, value) => data[box * boxStep + value * valueStep] ?? NaN };
}

/** The best of the values of a box from `first` on; the first of equal ones. */
export function bestOf({ at }: BoxMatrix, box: number, first: number, count: number): { place: number; value: number } {
  let place = 0;
  let value = at(box, first);
  for (let i = 1; i < count; i++) {
    const other = at(box, first + i);
    if (other > value) {
      value = other;
      place = i;
    }
  }
  return { place, value };
}
