import { hint, type Hints } from '../../hints/hint.ts';
import type { Preprocessing } from '../../pictures/preprocessing.ts';
import type { Head } from './settings.ts';

/** What counts where neither a flag nor a request says. */
export const DEFAULTS = { scoreThreshold: 0.25, iouThreshold: 0.45, maxDetections: 100 } as const;

/** A request can't ask for more: an answer of as many boxes is some 150 kB. */
export const MOST_DETECTIONS = 1000;

const FROM_0_TO_1 = { rescaleFactor: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] };
const LETTERBOX = { kind: 'letterbox', fill: 114 } as const;
const WHOLE = { kind: 'stretch' } as const;

/** How the makers of each head feed their models. A crop would lose what lies at the border. */
const USUAL: Readonly<Record<Head['kind'], Partial<Preprocessing>>> = {
  'yolo-v5': { resize: LETTERBOX, colorOrder: 'RGB', ...FROM_0_TO_1 },
  'yolo-v8': { resize: LETTERBOX, colorOrder: 'RGB', ...FROM_0_TO_1 },
  'yolo-end-to-end': { resize: LETTERBOX, colorOrder: 'RGB', ...FROM_0_TO_1 },
  // torchvision's take values from 0 to 1 and do the rest inside.
  detections: { resize: WHOLE, ...FROM_0_TO_1 },
  ssd: { resize: WHOLE },
  'fastest-det': { resize: WHOLE, colorOrder: 'BGR', ...FROM_0_TO_1 },
};

/** What is likely of the preprocessing where only the head is known. */
export function usualPreprocessing(kind: Head['kind']): Hints<Preprocessing> {
  const fields = Object.entries(USUAL[kind]);
  return Object.fromEntries(
    fields.map(([field, value]) => [field, hint(value, 'default', `As ${kind} models are trained.`)]),
  ) as Hints<Preprocessing>;
}
