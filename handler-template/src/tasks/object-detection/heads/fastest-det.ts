import { sigmoid } from '../../../scores.ts';
import { cornersOn } from '../boxes.ts';
import type { Head } from '../settings.ts';
import type { Candidate } from '../suppression.ts';
import { candidate, numbersOf, unexpected, type Decoder } from './decode.ts';
import { bestOf } from './matrix.ts';

/** A cell's place plus tanh, sizes by sigmoid: parts of the whole picture. */
const LAYOUT = { format: 'cxcywh', unit: 'normalized' } as const;

/** One grid: `score = objectness^0.6 × class^0.4`, the centre up to a cell away from the cell's corner. */
export const fastestDet: Decoder<Extract<Head, { kind: 'fastest-det' }>> = {
  outputs: ({ output }) => [output],
  decode({ output }, decoding) {
    const { canvas, classes = 1 } = decoding;
    const { data, dims } = numbersOf(decoding, output, 3);
    const [channels = 0, rows = 0, columns = 0] = dims.slice(-3);
    if (channels < 5 + classes) throw unexpected();
    const cells = rows * columns;
    const matrix = { boxes: cells, values: channels, at: (cell: number, c: number) => data[c * cells + cell] ?? NaN };
    const corners = cornersOn(canvas, LAYOUT);
    const found: Candidate[] = [];
    for (let cell = 0; cell < cells; cell++) {
      const { place, value } = bestOf(matrix, cell, 5, classes);
      const score = matrix.at(cell, 0) ** 0.6 * value ** 0.4;
      const [dx, dy, width, height] = [1, 2, 3, 4].map((c) => matrix.at(cell, c)) as [number, number, number, number];
      const x = ((cell % columns) + Math.tanh(dx)) / columns;
      const y = (Math.floor(cell / columns) + Math.tanh(dy)) / rows;
      found.push(...candidate(place, score, decoding, () => corners(x, y, sigmoid(width), sigmoid(height))));
    }
    return found;
  },
};
