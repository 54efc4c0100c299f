import type { Placement, Size } from '../../pictures/geometry.ts';
import type { BoxFormat, BoxLayout } from './settings.ts';

/** Left, top, right, bottom. */
export type Corners = readonly [left: number, top: number, right: number, bottom: number];

/** As an answer has it. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const CORNERS: Readonly<Record<BoxFormat, (a: number, b: number, c: number, d: number) => Corners>> = {
  cxcywh: (x, y, width, height) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2],
  xyxy: (left, top, right, bottom) => [left, top, right, bottom],
  yxyx: (top, left, bottom, right) => [left, top, right, bottom],
  xywh: (left, top, width, height) => [left, top, left + width, top + height],
};

/** Makes corners in pixels of the model's canvas out of a box's four numbers. */
export function cornersOn(
  canvas: Size,
  { format, unit }: BoxLayout,
): (a: number, b: number, c: number, d: number) => Corners {
  const corners = CORNERS[format];
  if (unit === 'pixels') return corners;
  return (...four) => {
    const [left, top, right, bottom] = corners(...four);
    return [left * canvas.width, top * canvas.height, right * canvas.width, bottom * canvas.height];
  };
}

/** Corners on the model's canvas to a box in the picture's own pixels; what lies outside of the picture is cut off. */
export function boxOnPicture([left, top, right, bottom]: Corners, size: Size, { scaled, x, y }: Placement): Box {
  const across = (value: number): number => within(((value - x) * size.width) / scaled.width, size.width);
  const down = (value: number): number => within(((value - y) * size.height) / scaled.height, size.height);
  const [x1, y1, x2, y2] = [across(left), down(top), across(right), down(bottom)];
  return { x: x1, y: y1, width: x2 - x1, height: y2 - y1 };
}

function within(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}

/** Intersection over union; 0 where one is empty. */
export function overlap(a: Corners, b: Corners): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared === 0 ? 0 : shared / (area(a) + area(b) - shared);
}

function area([left, top, right, bottom]: Corners): number {
  return (right - left) * (bottom - top);
}
