import type { Tensor } from 'onnxruntime-node';
import type { Head } from '../settings.ts';

/** A box on the model's canvas, in its pixels. */
export interface Raw {
  readonly classId: number;
  readonly score: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Outputs by name. */
export type Outputs = Readonly<Record<string, Tensor>>;

type Of<Kind extends Head['kind']> = Extract<Head, { kind: Kind }>;
/** What there is to know beside the head. */
export interface Canvas {
  /** Of the model's input. */
  readonly width: number;
  readonly height: number;
  readonly classes: number | undefined;
}

/** The names of the outputs that a head reads. */
export function outputsOf(head: Head): readonly string[] {
  if ('output' in head) return [head.output];
  if (head.kind === 'ssd') return [head.boxes, head.scores];
  return [head.boxes, head.scores, head.labels, ...(head.count === undefined ? [] : [head.count])];
}

/** All boxes of the first picture of the batch, whatever they score. Written for being obviously right, not for speed. */
export function decode(head: Head, outputs: Outputs, canvas: Canvas): Raw[] {
  switch (head.kind) {
    case 'yolo-v5':
      return table(outputs, head.output, head.rows).map((row) => {
        const [x, y, w, h, objectness = 0, ...classes] = row;
        const { classId, score } = winner(classes.slice(0, canvas.classes));
        return { classId, score: objectness * score, ...sides([x, y, w, h], head, canvas) };
      });
    case 'yolo-v8':
      return table(outputs, head.output, head.rows).map((row) => {
        const [x, y, w, h, ...classes] = row;
        return { ...winner(classes.slice(0, canvas.classes)), ...sides([x, y, w, h], head, canvas) };
      });
    case 'yolo-end-to-end':
      return table(outputs, head.output, head.rows).map(([a, b, c, d, score = 0, classId = 0]) => ({
        classId: Math.trunc(classId),
        score,
        ...sides([a, b, c, d], head, canvas),
      }));
    case 'detections':
      return fromDetections(head, outputs, canvas);
    case 'ssd':
      return fromSsd(head, outputs, canvas);
    case 'fastest-det':
      return fromGrid(head, outputs, canvas);
  }
}

function fromDetections(head: Of<'detections'>, outputs: Outputs, canvas: Canvas): Raw[] {
  const boxes = table(outputs, head.boxes, 'boxes');
  const [scores, labels] = [list(outputs, head.scores), list(outputs, head.labels)];
  const count = head.count === undefined ? boxes.length : (list(outputs, head.count)[0] ?? 0);
  const all = boxes.slice(0, count).map((box, i) => ({
    classId: Math.trunc(labels[i] ?? 0) - head.firstClass,
    score: scores[i] ?? 0,
    ...sides(box, head, canvas),
  }));
  return all.filter(({ classId }) => classId >= 0);
}

function fromSsd(head: Of<'ssd'>, outputs: Outputs, canvas: Canvas): Raw[] {
  const boxes = table(outputs, head.boxes, 'boxes');
  return table(outputs, head.scores, 'boxes').flatMap((row, i) => {
    const probabilities = row.map((x) => {
      if (head.activation === 'none') return x;
      if (head.activation === 'sigmoid') return 1 / (1 + Math.exp(-x));
      return 1 / row.reduce((sum, other) => sum + Math.exp(other - x), 0);
    });
    if (head.background === 'first') probabilities.shift();
    if (head.background === 'last') probabilities.pop();
    return probabilities.map((score, classId) => ({ classId, score, ...sides(boxes[i] ?? [], head, canvas) }));
  });
}

/** As FastestDet's own code has it. */
function fromGrid(head: Of<'fastest-det'>, outputs: Outputs, canvas: Canvas): Raw[] {
  const [high = 0, wide = 0] = outputs[head.output]?.dims.slice(-2) ?? [];
  const values = list(outputs, head.output);
  const found: Raw[] = [];
  for (let gy = 0; gy < high; gy++) {
    for (let gx = 0; gx < wide; gx++) {
      const channel = (c: number): number => values[(c * high + gy) * wide + gx] as number;
      const { classId, score } = winner(Array.from({ length: canvas.classes ?? 0 }, (_, c) => channel(5 + c)));
      const x = (gx + Math.tanh(channel(1))) / wide;
      const y = (gy + Math.tanh(channel(2))) / high;
      const [w, h] = [1 / (1 + Math.exp(-channel(3))), 1 / (1 + Math.exp(-channel(4)))];
      const box = sides([x, y, w, h], { format: 'cxcywh', unit: 'normalized' }, canvas);
      found.push({ classId, score: Math.pow(channel(0), 0.6) * Math.pow(score, 0.4), ...box });
    }
  }
  return found;
}

function list(outputs: Outputs, name: string): number[] {
  return Array.from(outputs[name]?.data as ArrayLike<number | bigint>, Number);
}

/** A row a box. */
function table(outputs: Outputs, name: string, rows: 'boxes' | 'values'): number[][] {
  const values = list(outputs, name);
  const [high = 0, wide = 0] = outputs[name]?.dims.slice(-2) ?? [];
  const lines = Array.from({ length: high }, (_, i) => values.slice(i * wide, (i + 1) * wide));
  if (rows === 'boxes') return lines;
  return Array.from({ length: wide }, (_, i) => lines.map((line) => line[i] as number));
}

function winner(scores: readonly number[]): { classId: number; score: number } {
  const score = Math.max(...scores);
  return { classId: scores.indexOf(score), score };
}

function sides(
  four: readonly (number | undefined)[],
  { format, unit }: Extract<Head, { format: unknown }> | { format: 'cxcywh'; unit: 'normalized' },
  { width, height }: Canvas,
): Pick<Raw, 'left' | 'top' | 'right' | 'bottom'> {
  const [a, b, c, d] = four as readonly [number, number, number, number];
  const [sx, sy] = unit === 'pixels' ? [1, 1] : [width, height];
  switch (format) {
    case 'cxcywh':
      return { left: (a - c / 2) * sx, top: (b - d / 2) * sy, right: (a + c / 2) * sx, bottom: (b + d / 2) * sy };
    case 'xyxy':
      return { left: a * sx, top: b * sy, right: c * sx, bottom: d * sy };
    case 'yxyx':
      return { left: b * sx, top: a * sy, right: d * sx, bottom: c * sy };
    case 'xywh':
      return { left: a * sx, top: b * sy, right: (a + c) * sx, bottom: (b + d) * sy };
  }
}
