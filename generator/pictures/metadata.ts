import type { Preprocessing } from './preprocessing.ts';
import { hint, type Hints } from '../hints/hint.ts';

/** WinML's `Image.BitmapPixelFormat`. */
const PIXEL_FORMATS: Readonly<Record<string, Preprocessing['colorOrder']>> = {
  Gray8: 'gray',
  Gray16: 'gray',
  Rgb8: 'RGB',
  Rgba8: 'RGB',
  Rgba16: 'RGB',
  Bgr8: 'BGR',
  Bgra8: 'BGR',
};

/** WinML's `Image.NominalPixelRange`: what 0…255 becomes, as `(value × factor − mean) / 1`. */
const PIXEL_RANGES: Readonly<Record<string, { factor: number; mean: number }>> = {
  NominalRange_0_255: { factor: 1, mean: 0 },
  NominalRange_16_235: { factor: 219 / 255, mean: -16 },
  Normalized_0_1: { factor: 1 / 255, mean: 0 },
  Normalized_1_1: { factor: 2 / 255, mean: 1 },
};

/** What a model's metadata says of its pictures: WinML's `Image.…` keys, or those that Ultralytics writes. */
export function fromMetadata(metadata: Readonly<Record<string, string>>): Hints<Preprocessing> {
  return { ...fromWinml(metadata), ...fromUltralytics(metadata) };
}

function fromWinml(metadata: Readonly<Record<string, string>>): Hints<Preprocessing> {
  const format = metadata['Image.BitmapPixelFormat'] ?? '';
  const range = metadata['Image.NominalPixelRange'] ?? '';
  const colorOrder = PIXEL_FORMATS[format];
  const scale = PIXEL_RANGES[range];
  const count = colorOrder === 'gray' ? 1 : 3;
  const why = `The model's metadata says Image.NominalPixelRange ${range}.`;
  return {
    ...(colorOrder && {
      colorOrder: hint(colorOrder, 'metadata', `The model's metadata says Image.BitmapPixelFormat ${format}.`),
    }),
    ...(scale && {
      rescaleFactor: hint(scale.factor, 'metadata', why),
      mean: hint(Array<number>(count).fill(scale.mean), 'metadata', why),
      std: hint(Array<number>(count).fill(1), 'metadata', why),
    }),
  };
}

/** How Ultralytics brings a picture to the model's size, by task: classifiers see the middle, detectors all of it. */
const ULTRALYTICS: Readonly<Record<string, (side: number) => Preprocessing['resize']>> = {
  classify: (side) => ({ kind: 'crop', shortestEdge: side }),
  detect: () => ({ kind: 'letterbox', fill: 114 }),
};

/** Ultralytics: 0…1, no mean. */
function fromUltralytics({ author, task = 'classify', imgsz }: Readonly<Record<string, string>>): Hints<Preprocessing> {
  const resize = Object.hasOwn(ULTRALYTICS, task) ? ULTRALYTICS[task] : undefined;
  if (author !== 'Ultralytics' || !resize) return {};
  const why = 'The model was exported by Ultralytics.';
  const [height, width = height] = (imgsz?.match(/\d+/g) ?? []).map(Number);
  return {
    ...(height &&
      width && {
        height: hint(height, 'metadata', `The model's metadata says imgsz ${imgsz}.`),
        width: hint(width, 'metadata', `The model's metadata says imgsz ${imgsz}.`),
        resize: hint(resize(Math.max(height, width)), 'metadata', why),
      }),
    resample: hint('bilinear', 'metadata', why),
    colorOrder: hint('RGB', 'metadata', why),
    rescaleFactor: hint(1 / 255, 'metadata', why),
    mean: hint([0, 0, 0], 'metadata', why),
    std: hint([1, 1, 1], 'metadata', why),
  };
}
