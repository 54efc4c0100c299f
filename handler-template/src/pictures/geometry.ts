import type { Preprocessing } from './preprocessing.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The picture is scaled to `scaled` and laid on a canvas of the model's size at x, y (negative: cropped); the rest is `fill`. */
export interface Placement {
  readonly scaled: Size;
  readonly x: number;
  readonly y: number;
  readonly fill: number;
}

/** Half goes to the even neighbour, as Python's round does. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Where a picture ends up on the model's canvas: torchvision's Resize + CenterCrop for `crop`, Pillow's ImageOps.pad for `pad`, Ultralytics' LetterBox. */
export function place(
  source: Size,
  { width, height, resize }: Pick<Preprocessing, 'width' | 'height' | 'resize'>,
): Placement {
  switch (resize.kind) {
    case 'none':
      return { scaled: source, x: 0, y: 0, fill: 0 };
    case 'stretch':
      return { scaled: { width, height }, x: 0, y: 0, fill: 0 };
    case 'crop': {
      const scaled = shortestEdgeTo(resize.shortestEdge, source);
      return { scaled, x: centred(width, scaled.width), y: centred(height, scaled.height), fill: 0 };
    }
    case 'pad': {
      const scaled = inside(source, { width, height });
      return {
        scaled,
        x: roundHalfEven((width - scaled.width) / 2),
        y: roundHalfEven((height - scaled.height) / 2),
        fill: resize.fill,
      };
    }
    case 'letterbox': {
      const scale = Math.min(width / source.width, height / source.height);
      const scaled = { width: scaledBy(scale, source.width), height: scaledBy(scale, source.height) };
      const x = Math.floor((width - scaled.width) / 2);
      return { scaled, x, y: Math.floor((height - scaled.height) / 2), fill: resize.fill };
    }
  }
}

function scaledBy(scale: number, side: number): number {
  return Math.max(1, roundHalfEven(side * scale));
}

function shortestEdgeTo(edge: number, { width, height }: Size): Size {
  return width <= height
    ? { width: edge, height: Math.trunc((edge * height) / width) }
    : { width: Math.trunc((edge * width) / height), height: edge };
}

/** Offset of a picture's axis on the canvas: what is too small is padded with zeros first, as CenterCrop does. */
function centred(canvas: number, picture: number): number {
  return picture < canvas ? Math.floor((canvas - picture) / 2) : -roundHalfEven((picture - canvas) / 2);
}

function inside(source: Size, canvas: Size): Size {
  const sourceRatio = source.width / source.height;
  const canvasRatio = canvas.width / canvas.height;
  if (sourceRatio > canvasRatio) {
    const height = roundHalfEven((source.height / source.width) * canvas.width);
    return { width: canvas.width, height: Math.max(1, height) };
  }
  if (sourceRatio < canvasRatio) {
    const width = roundHalfEven((source.width / source.height) * canvas.height);
    return { width: Math.max(1, width), height: canvas.height };
  }
  return canvas;
}
