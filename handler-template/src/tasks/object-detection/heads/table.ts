import type { Head } from '../settings.ts';
import type { Decoder } from './decode.ts';
import { detections } from './detections.ts';
import { fastestDet } from './fastest-det.ts';
import { ssd } from './ssd.ts';
import { yoloEndToEnd, yoloV5, yoloV8 } from './yolo.ts';

const DECODERS: { readonly [Kind in Head['kind']]: Decoder<Extract<Head, { kind: Kind }>> } = {
  'yolo-v5': yoloV5,
  'yolo-v8': yoloV8,
  'yolo-end-to-end': yoloEndToEnd,
  detections,
  ssd,
  'fastest-det': fastestDet,
};

/** The decoder of a head, as one that takes any: both always come from the same row. */
export function decoderOf({ kind }: Head): Decoder<Head> {
  return DECODERS[kind];
}
