import type { Preprocessing } from './preprocessing.ts';
import { numbersAt, objectAt, positiveAt, positivesAt, stringAt, type Json } from '../hints/json-fields.ts';

const RESAMPLE: Readonly<Record<string, Preprocessing['resample']>> = {
  nearest: 'nearest',
  bilinear: 'bilinear',
  bicubic: 'bicubic',
  lanczos: 'lanczos',
};
/** timm's own default. */
const CROP_PCT = 0.875;

/** What a timm model's config.json says (its `pretrained_cfg`): the shorter side is size / crop_pct, then the middle. */
export function fromTimmConfig(config: Json): Partial<Preprocessing> {
  const cfg = objectAt(config, 'pretrained_cfg') ?? config;
  const [channels, height, width] = positivesAt(cfg, 'input_size') ?? [];
  if (channels === undefined || height === undefined || width === undefined) return {};
  const mean = numbersAt(cfg, 'mean');
  const std = positivesAt(cfg, 'std');
  const resample = RESAMPLE[stringAt(cfg, 'interpolation') ?? ''];
  const edge = Math.floor(Math.max(height, width) / (positiveAt(cfg, 'crop_pct') ?? CROP_PCT));
  const squash = stringAt(cfg, 'crop_mode') === 'squash';
  return {
    height,
    width,
    resize: squash ? { kind: 'stretch' } : { kind: 'crop', shortestEdge: edge },
    colorOrder: channels === 1 ? 'gray' : 'RGB',
    ...(resample && { resample }),
    ...(mean?.length === channels && std?.length === channels && { rescaleFactor: 1 / 255, mean, std }),
  };
}
