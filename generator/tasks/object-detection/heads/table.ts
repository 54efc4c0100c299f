import type { ModelFacts } from '../../task.ts';
import { detectionsHeads } from './detections.ts';
import { fastestDetHeads } from './fastest-det.ts';
import type { HeadGuess } from './head-guess.ts';
import { ssdHeads } from './ssd.ts';
import { yoloHeads } from './yolo.ts';

/** In the order of how much their shapes say. */
const FAMILIES = [detectionsHeads, ssdHeads, yoloHeads, fastestDetHeads];

/** All heads that the outputs may be, the likeliest first, each kind once. */
export function headsOf(facts: ModelFacts): readonly HeadGuess[] {
  const found = FAMILIES.flatMap((family) => family(facts));
  return found.toSorted((a, b) => Number(b.likely) - Number(a.likely));
}
