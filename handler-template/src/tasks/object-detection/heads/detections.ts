import { cornersOn } from '../boxes.ts';
import type { Head } from '../settings.ts';
import { candidate, numbersOf, type Decoder } from './decode.ts';
import { matrixOf } from './matrix.ts';

/** Boxes, scores and numbers of classes as outputs of their own; of rows beyond `count` nothing is said, and what lies before the first class is background. */
export const detections: Decoder<Extract<Head, { kind: 'detections' }>> = {
  outputs: ({ boxes, scores, labels, count }) => [boxes, scores, labels, ...(count === undefined ? [] : [count])],
  decode(head, decoding) {
    const matrix = matrixOf({ output: head.boxes, rows: 'boxes' }, decoding, 4);
    const { data: scores } = numbersOf(decoding, head.scores, 1);
    const { data: labels } = numbersOf(decoding, head.labels, 1);
    const count = head.count === undefined ? undefined : numbersOf(decoding, head.count, 0).data[0];
    const corners = cornersOn(decoding.canvas, head);
    return Array.from({ length: Math.min(matrix.boxes, count ?? Infinity) }, (_, box) =>
      candidate(Math.trunc(labels[box] ?? NaN) - head.firstClass, scores[box] ?? NaN, decoding, () =>
        corners(matrix.at(box, 0), matrix.at(box, 1), matrix.at(box, 2), matrix.at(box, 3)),
      ),
    )
      .flat()
      .filter(({ classId }) => classId >= 0);
  },
};
