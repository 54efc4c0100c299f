import { sigmoid, softmax } from '../../../scores.ts';
import { cornersOn } from '../boxes.ts';
import type { Head } from '../settings.ts';
import { candidate, type Decoder } from './decode.ts';
import { matrixOf } from './matrix.ts';

type Ssd = Extract<Head, { kind: 'ssd' }>;

const ACTIVATIONS: Readonly<Record<Ssd['activation'], (row: readonly number[]) => readonly number[]>> = {
  none: (row) => row,
  softmax,
  sigmoid: (row) => row.map(sigmoid),
};

const FIRST_CLASS: Readonly<Record<Ssd['background'], number>> = { first: 1, last: 0, none: 0 };

/** A box is a candidate for every class that it scores enough for. */
export const ssd: Decoder<Ssd> = {
  outputs: ({ boxes, scores }) => [boxes, scores],
  decode(head, decoding) {
    const { classes = 1 } = decoding;
    const first = FIRST_CLASS[head.background];
    const matrix = matrixOf({ output: head.boxes, rows: 'boxes' }, decoding, 4);
    const scores = matrixOf({ output: head.scores, rows: 'boxes' }, decoding, first + classes);
    const corners = cornersOn(decoding.canvas, head);
    return Array.from({ length: Math.min(matrix.boxes, scores.boxes) }, (_, box) => {
      const row = Array.from({ length: scores.values }, (__, i) => scores.at(box, i));
      return ACTIVATIONS[head.activation](row)
        .slice(first, first + classes)
        .flatMap((score, classId) =>
          candidate(classId, score, decoding, () =>
            corners(matrix.at(box, 0), matrix.at(box, 1), matrix.at(box, 2), matrix.at(box, 3)),
          ),
        );
    }).flat();
  },
};
