import type { Preprocessing } from '../preprocessing.ts';
import { resize, type Picture } from './resample.ts';

/**
 * An upright RGB picture to the numbers of one batch item: colours, resize, crop, `(value × rescaleFactor − mean) / std`.
 * Written for being obviously right, not for speed: what the handler answers is compared with what comes from here.
 *
 * @returns width × height × channels numbers in the layout that the preprocessing names
 */
export function preprocess(rgb: Picture, how: Preprocessing): Float64Array {
  const coloured = how.colorOrder === 'gray' ? toGray(rgb) : rgb;
  const { width, height, channels, data } = fitted(coloured, how);
  const out = new Float64Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const source = how.colorOrder === 'BGR' ? channels - 1 - c : c;
        const value = data[(y * width + x) * channels + source] as number;
        const place = how.layout === 'NCHW' ? (c * height + y) * width + x : (y * width + x) * channels + c;
        out[place] = (value * how.rescaleFactor - (how.mean[c] ?? 0)) / (how.std[c] ?? 1);
      }
    }
  }
  return out;
}

/** ITU-R 601 luma in Pillow's integers. */
function toGray({ width, height, data }: Picture): Picture {
  const gray = Uint8Array.from({ length: width * height }, (_, i) => {
    const [r = 0, g = 0, b = 0] = data.subarray(i * 3, i * 3 + 3);
    return (r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16;
  });
  return { width, height, channels: 1, data: gray };
}

/** Where a picture lies on the model's canvas: scaled to width × height, with its corner at left, top. */
export interface Lie {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

/** Where a picture of w × h pixels comes to lie. */
export function lieOf({ width: w, height: h }: Pick<Picture, 'width' | 'height'>, how: Preprocessing): Lie {
  const { width, height, resize: mode } = how;
  switch (mode.kind) {
    case 'none':
      return { width: w, height: h, left: 0, top: 0 };
    case 'stretch':
      return { width, height, left: 0, top: 0 };
    case 'crop': {
      const edge = mode.shortestEdge;
      const [nw, nh] = w <= h ? [edge, Math.trunc((edge * h) / w)] : [Math.trunc((edge * w) / h), edge];
      return { width: nw, height: nh, left: -middle(nw, width), top: -middle(nh, height) };
    }
    case 'pad': {
      // Pillow's ImageOps.pad: the longer side fits exactly.
      const [nw, nh] =
        w * height >= h * width
          ? [width, Math.max(1, roundEven((h / w) * width))]
          : [Math.max(1, roundEven((w / h) * height)), height];
      return { width: nw, height: nh, left: roundEven((width - nw) / 2), top: roundEven((height - nh) / 2) };
    }
    case 'letterbox': {
      // Ultralytics' LetterBox: rounds what lies before the picture after taking a tenth of a pixel off.
      const ratio = Math.min(height / h, width / w);
      const [nw, nh] = [Math.max(1, roundEven(w * ratio)), Math.max(1, roundEven(h * ratio))];
      return {
        width: nw,
        height: nh,
        left: roundEven((width - nw) / 2 - 0.1),
        top: roundEven((height - nh) / 2 - 0.1),
      };
    }
  }
}

/** A picture of any size to that which the model takes. */
export function fitted(picture: Picture, how: Preprocessing): Picture {
  const { width, height, left, top } = lieOf(picture, how);
  const fill = 'fill' in how.resize ? how.resize.fill : 0;
  const canvas = how.resize.kind === 'none' ? picture : how;
  return place(resize(picture, width, height, how.resample), canvas.width, canvas.height, left, top, fill);
}

/** Where torchvision's CenterCrop begins; a picture that is too small gets a border instead. */
function middle(size: number, wanted: number): number {
  return size < wanted ? -Math.floor((wanted - size) / 2) : roundEven((size - wanted) / 2);
}

/** Python's round: halves go to the even neighbour. */
function roundEven(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

/** Lays a picture on a canvas with its corner at (left, top), which may lie outside. */
function place(picture: Picture, width: number, height: number, left: number, top: number, fill: number): Picture {
  const { channels } = picture;
  const data = new Uint8Array(width * height * channels).fill(fill);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sx, sy] = [x - left, y - top];
      if (sx < 0 || sy < 0 || sx >= picture.width || sy >= picture.height) continue;
      for (let c = 0; c < channels; c++) {
        data[(y * width + x) * channels + c] = picture.data[(sy * picture.width + sx) * channels + c] as number;
      }
    }
  }
  return { width, height, channels, data };
}
