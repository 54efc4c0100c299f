import fc from 'fast-check';
import { place } from '../src/pictures/geometry.ts';
import type { TensorData } from '../src/tensors.ts';
import { boxOnPicture, cornersOn, overlap, type Corners } from '../src/tasks/object-detection/boxes.ts';
import { decoderOf } from '../src/tasks/object-detection/heads/table.ts';
import type { Head } from '../src/tasks/object-detection/settings.ts';
import { suppress, type Candidate } from '../src/tasks/object-detection/suppression.ts';

const CANVAS = { width: 640, height: 480 };
const part = fc.double({ min: 0, max: 1, noNaN: true });
const corners = fc
  .tuple(part, part, part, part)
  .map(([x, y, width, height]): Corners => [x * 90, y * 90, x * 90 + width * 40, y * 90 + height * 40]);
const candidates = fc.array(
  fc.record({ classId: fc.nat(2), score: fc.double({ min: 0.01, max: 1, noNaN: true }), corners }),
  { maxLength: 60 },
);
const how = fc.constantFrom('per-class' as const, 'agnostic' as const);

describe('suppression', () => {
  test('of what is kept no two that may meet overlap by more than the threshold, and each that went has a better one', () => {
    fc.assert(
      fc.property(candidates, how, part, (all, kind, threshold) => {
        const kept = suppress(all, kind, threshold, Infinity);
        const meets = (a: Candidate, b: Candidate): boolean =>
          (kind === 'agnostic' || a.classId === b.classId) && overlap(a.corners, b.corners) > threshold;
        for (const [i, one] of kept.entries()) expect(kept.slice(i + 1).filter((other) => meets(one, other))).toEqual([]);
        const gone = all.filter((one) => !kept.includes(one));
        for (const one of gone) expect(kept.some((better) => better.score >= one.score && meets(better, one))).toBe(true);
      }),
    );
  });

  test('what is kept is kept again, best first, whatever the order it came in', () => {
    fc.assert(
      fc.property(candidates, how, part, fc.nat(40), (all, kind, threshold, most) => {
        const kept = suppress(all, kind, threshold, most);
        expect(suppress(kept, kind, threshold, most)).toEqual(kept);
        expect(kept.map(({ score }) => score)).toEqual(kept.map(({ score }) => score).toSorted((a, b) => b - a));
        expect(kept.length).toBeLessThanOrEqual(most);
        const scores = new Set(all.map(({ score }) => score));
        if (scores.size === all.length) expect(suppress(all.toReversed(), kind, threshold, most)).toEqual(kept);
      }),
    );
  });

  test('none: all are answered, the best first', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        expect(suppress(all, 'none', 0, Infinity)).toEqual(all.toSorted((a, b) => b.score - a.score));
      }),
    );
  });

  test('boxes of the same class only, and only beyond the threshold', () => {
    const one = { classId: 0, score: 0.9, corners: [0, 0, 10, 10] } as const;
    const half = { classId: 0, score: 0.8, corners: [0, 0, 10, 5] } as const;
    const other = { classId: 1, score: 0.7, corners: [0, 0, 10, 10] } as const;
    expect(overlap(one.corners, half.corners)).toBe(0.5);
    expect(suppress([half, other, one], 'per-class', 0.5, 10)).toEqual([one, half, other]);
    expect(suppress([half, other, one], 'per-class', 0.49, 10)).toEqual([one, other]);
    expect(suppress([half, other, one], 'agnostic', 0.5, 10)).toEqual([one, half]);
  });
});

test('overlap is symmetric, 1 for the same box and at most 1', () => {
  fc.assert(
    fc.property(corners, corners, (a, b) => {
      expect(overlap(a, b)).toBe(overlap(b, a));
      expect(overlap(a, b)).toBeLessThanOrEqual(1 + 1e-12);
      if ((a[2] - a[0]) * (a[3] - a[1]) > 1e-6) expect(overlap(a, a)).toBeCloseTo(1, 6);
    }),
  );
});

describe('boxes', () => {
  test.each([
    ['cxcywh', [30, 40, 20, 60]],
    ['xyxy', [20, 10, 40, 70]],
    ['yxyx', [10, 20, 70, 40]],
    ['xywh', [20, 10, 20, 60]],
  ] as const)('%s, in pixels and in parts', (format, [a, b, c, d]) => {
    expect(cornersOn(CANVAS, { format, unit: 'pixels' })(a, b, c, d)).toEqual([20, 10, 40, 70]);
    const vertical = { cxcywh: [1, 3], xyxy: [1, 3], yxyx: [0, 2], xywh: [1, 3] }[format];
    const parts = [a, b, c, d].map((value, i) => value / (vertical.includes(i) ? CANVAS.height : CANVAS.width));
    const made = cornersOn(CANVAS, { format, unit: 'normalized' })(...(parts as [number, number, number, number]));
    made.forEach((value, i) => expect(value).toBeCloseTo([20, 10, 40, 70][i] ?? NaN, 9));
  });

  const side = fc.integer({ min: 1, max: 4000 });
  const resize = fc.constantFrom(
    { kind: 'stretch' } as const,
    { kind: 'letterbox', fill: 114 } as const,
    { kind: 'pad', fill: 0 } as const,
    { kind: 'crop', shortestEdge: 700 } as const,
  );

  test('the whole of the scaled picture is the whole picture, and no box reaches out of it', () => {
    fc.assert(
      fc.property(side, side, resize, corners, (width, height, mode, box) => {
        const size = { width, height };
        const placement = place(size, { ...CANVAS, resize: mode });
        const { scaled, x, y } = placement;
        const whole = boxOnPicture([x, y, x + scaled.width, y + scaled.height], size, placement);
        expect(whole).toEqual({
          x: 0,
          y: 0,
          width: expect.closeTo(width, 6) as number,
          height: expect.closeTo(height, 6) as number,
        });
        const cut = boxOnPicture(box, size, placement);
        expect(Math.min(cut.x, cut.y, cut.width, cut.height)).toBeGreaterThanOrEqual(0);
        expect(cut.x + cut.width).toBeLessThanOrEqual(width + 1e-9);
        expect(cut.y + cut.height).toBeLessThanOrEqual(height + 1e-9);
      }),
    );
  });

  test('a letterbox keeps the shape of what it shows', () => {
    const size = { width: 1280, height: 720 };
    const placement = place(size, { width: 640, height: 640, resize: { kind: 'letterbox', fill: 114 } });
    expect(placement).toEqual({ scaled: { width: 640, height: 360 }, x: 0, y: 140, fill: 114 });
    expect(boxOnPicture([100, 240, 200, 340], size, placement)).toEqual({ x: 200, y: 200, width: 200, height: 200 });
  });
});

describe('heads', () => {
  const floats = (dims: readonly number[], ...data: number[]) =>
    ({ type: 'float32', data: Float32Array.from(data), dims }) as const;
  const decode = (head: Head, results: ReadonlyMap<string, TensorData>, classes?: number): Candidate[] =>
    decoderOf(head).decode(head, { results, canvas: CANVAS, classes, scoreThreshold: 0.25 });
  const yolo = { kind: 'yolo-v8', output: 'o', rows: 'boxes', format: 'xyxy', unit: 'pixels' } as const;

  test('what is not finite is an error where it would be answered, and only there', () => {
    const result = (...row: number[]): Map<string, TensorData> => new Map([['o', floats([1, 1, 6], ...row)]]);
    expect(decode(yolo, result(1, 2, 3, 4, 0.5, 0.75), 2)).toEqual([{ classId: 1, score: 0.75, corners: [1, 2, 3, 4] }]);
    const code = expect.objectContaining({ code: 'RESULT_NOT_FINITE' }) as Error;
    expect(() => decode(yolo, result(1, 2, 3, 4, NaN, NaN), 2)).toThrow(code);
    expect(() => decode(yolo, result(1, Infinity, 3, 4, 0.5, 0.1), 2)).toThrow(code);
    expect(decode(yolo, result(1, Infinity, 3, 4, 0.2, 0.1), 2)).toEqual([]);
  });

  test('a result that is missing, or has too few values, is not what the service was built for', () => {
    const code = expect.objectContaining({ code: 'RESULT_UNEXPECTED' }) as Error;
    expect(() => decode(yolo, new Map(), 2)).toThrow(code);
    expect(() => decode(yolo, new Map([['o', floats([1, 1, 5], 1, 2, 3, 4, 0.9)]]), 2)).toThrow(code);
    expect(() => decode(yolo, new Map([['o', floats([6], 1, 2, 3, 4, 0.9, 0)]]), 2)).toThrow(code);
  });

  test('of lists of boxes only as many rows count as the model says, and none of the background', () => {
    const head = {
      kind: 'detections', boxes: 'b', scores: 's', labels: 'l', count: 'n', firstClass: 1, format: 'xyxy', unit: 'pixels',
    } as const; // prettier-ignore
    const results = new Map<string, TensorData>([
      ['b', floats([1, 3, 4], 0, 0, 1, 1, 0, 0, 2, 2, 0, 0, 3, 3)],
      ['s', floats([1, 3], 0.9, 0.8, 0.7)],
      ['l', { type: 'int64', data: BigInt64Array.of(2n, 0n, 1n), dims: [1, 3] }],
      ['n', floats([1], 3)],
    ]);
    expect(decode(head, results).map(({ classId, score }) => [classId, score.toFixed(1)])).toEqual([[1, '0.9'], [0, '0.7']]); // prettier-ignore
    expect(decode(head, new Map([...results, ['n', floats([1], 1)]]))).toHaveLength(1);
  });
});
