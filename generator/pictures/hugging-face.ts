import type { Preprocessing } from './preprocessing.ts';
import {
  booleanAt,
  numberAt,
  numbersAt,
  objectAt,
  positiveAt,
  positivesAt,
  stringAt,
  type Json,
} from '../hints/json-fields.ts';

/** PIL's numbers of filters; 4 (box) and 5 (hamming) have no counterpart here. */
const RESAMPLE: Readonly<Record<number, Preprocessing['resample']>> = {
  0: 'nearest',
  1: 'lanczos',
  2: 'bilinear',
  3: 'bicubic',
};

/** Processors that scale by their own crop_pct, whether their file says so or not. */
const CROP_PCT: readonly (readonly [prefix: string, cropPct: number])[] = [
  ['ConvNext', 224 / 256],
  ['PoolFormer', 0.9],
  ['Levit', 224 / 256],
];

/** ConvNeXt scales to size / crop_pct below this size, and stretches from it on. */
const CONVNEXT_STRETCHES_FROM = 384;

/**
 * What Hugging Face's preprocessor_config.json says. Size may be a number, `{height, width}` or `{shortest_edge}`; a step that is
 * switched off by its `do_…` field is left out.
 */
export function fromPreprocessorConfig(config: Json): Partial<Preprocessing> {
  const type = stringAt(config, 'image_processor_type') ?? stringAt(config, 'feature_extractor_type') ?? '';
  const resample = RESAMPLE[numberAt(config, 'resample') ?? -1];
  return {
    ...geometry(config, type),
    ...(resample && { resample }),
    ...values(config, type),
    ...(booleanAt(config, 'do_flip_channel_order') && { colorOrder: 'BGR' as const }),
  };
}

interface Box {
  readonly height: number;
  readonly width: number;
  /** Only the shorter side is given; the picture keeps its shape. */
  readonly shortest: boolean;
}

function boxAt(config: Json, key: string): Box | undefined {
  const side = positiveAt(config, key);
  if (side !== undefined) return { height: side, width: side, shortest: false };
  const [first, second] = positivesAt(config, key) ?? [];
  if (first !== undefined && second !== undefined) return { height: first, width: second, shortest: false };
  const object = objectAt(config, key);
  const edge = positiveAt(object, 'shortest_edge');
  if (edge !== undefined) return { height: edge, width: edge, shortest: true };
  const [height, width] = [positiveAt(object, 'height'), positiveAt(object, 'width')];
  return height !== undefined && width !== undefined ? { height, width, shortest: false } : undefined;
}

function geometry(config: Json, type: string): Partial<Preprocessing> {
  const size = boxAt(config, 'size');
  const cropPct = positiveAt(config, 'crop_pct') ?? CROP_PCT.find(([prefix]) => type.startsWith(prefix))?.[1];
  if (booleanAt(config, 'do_resize') === false) return {};
  if (size && cropPct !== undefined) return scaledCrop(size, cropPct, type);
  const crop = booleanAt(config, 'do_center_crop') === false ? undefined : boxAt(config, 'crop_size');
  if (crop && size)
    return { ...sides(crop), resize: { kind: 'crop', shortestEdge: Math.min(size.height, size.width) } };
  if (!size) return crop ? sides(crop) : {};
  const centered = booleanAt(config, 'do_center_crop') === true;
  if (size.shortest || centered) return { ...sides(size), resize: { kind: 'crop', shortestEdge: size.height } };
  return { ...sides(size), resize: { kind: 'stretch' } };
}

/** Scale to size / crop_pct, cut out size. */
function scaledCrop(size: Box, cropPct: number, type: string): Partial<Preprocessing> {
  const stretch = type.startsWith('ConvNext') && size.height >= CONVNEXT_STRETCHES_FROM;
  const shortestEdge = Math.floor(size.height / cropPct);
  return { ...sides(size), resize: stretch ? { kind: 'stretch' } : { kind: 'crop', shortestEdge } };
}

function sides({ height, width }: Box): { height: number; width: number } {
  return { height, width };
}

/** Factor, mean and std; `rescale_offset` moves 0…2 to −1…1, EfficientNet's `include_top` divides by std once more. */
function values(config: Json, type: string): Partial<Preprocessing> {
  const rescales = booleanAt(config, 'do_rescale') !== false;
  const normalizes = booleanAt(config, 'do_normalize') !== false;
  const mean = numbersAt(config, 'image_mean');
  const std = positivesAt(config, 'image_std');
  if (!mean && !std && numberAt(config, 'rescale_factor') === undefined && rescales && normalizes) return {};
  const count = mean?.length ?? std?.length ?? 3;
  const offset = rescales && booleanAt(config, 'rescale_offset') === true ? 1 : 0;
  const twice = type.startsWith('EfficientNet') && booleanAt(config, 'include_top') === true;
  const deviation = (normalizes ? std : undefined) ?? Array<number>(count).fill(1);
  return {
    rescaleFactor: rescales ? (numberAt(config, 'rescale_factor') ?? 1 / 255) : 1,
    mean: ((normalizes ? mean : undefined) ?? Array<number>(count).fill(0)).map((value) => value + offset),
    std: twice ? deviation.map((value) => value * value) : deviation,
  };
}
