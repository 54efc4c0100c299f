import { cornersOn } from '../boxes.ts';
import type { Head } from '../settings.ts';
import type { Candidate } from '../suppression.ts';
import { candidate, type Decoder, type Decoding } from './decode.ts';
import { bestOf, matrixOf } from './matrix.ts';

type Of<Kind extends Head['kind']> = Extract<Head, { kind: Kind }>;

/** A box is what its best class makes of it: `score = objectness × class` in version 5, the class alone from version 8 on. */
function decodeBest(
  head: Of<'yolo-v5'> | Of<'yolo-v8'>,
  decoding: Decoding,
  objectness: (at: (value: number) => number) => number,
  first: number,
): Candidate[] {
  const { canvas, classes = 1 } = decoding;
  const matrix = matrixOf(head, decoding, first + classes);
  const corners = cornersOn(canvas, head);
  const found: Candidate[] = [];
  for (let box = 0; box < matrix.boxes; box++) {
    const at = (value: number): number => matrix.at(box, value);
    const { place, value } = bestOf(matrix, box, first, classes);
    found.push(...candidate(place, objectness(at) * value, decoding, () => corners(at(0), at(1), at(2), at(3))));
  }
  return found;
}

/** Versions 5 to 7: x, y, width, height, objectness, classes. */
export const yoloV5: Decoder<Of<'yolo-v5'>> = {
  outputs: ({ output }) => [output],
  decode: (head, decoding) => decodeBest(head, decoding, (at) => at(4), 5),
};

/** Versions 8, 9 and 11: x, y, width, height, classes. */
export const yoloV8: Decoder<Of<'yolo-v8'>> = {
  outputs: ({ output }) => [output],
  decode: (head, decoding) => decodeBest(head, decoding, () => 1, 4),
};

/** Version 10, and others exported with suppression: box, score, class; empty rows score 0. */
export const yoloEndToEnd: Decoder<Of<'yolo-end-to-end'>> = {
  outputs: ({ output }) => [output],
  decode(head, decoding) {
    const { boxes, at } = matrixOf(head, decoding, 6);
    const corners = cornersOn(decoding.canvas, head);
    return Array.from({ length: boxes }, (_, box) =>
      candidate(Math.trunc(at(box, 5)), at(box, 4), decoding, () =>
        corners(at(box, 0), at(box, 1), at(box, 2), at(box, 3)),
      ),
    ).flat();
  },
};
