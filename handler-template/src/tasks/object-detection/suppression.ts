import { overlap, type Corners } from './boxes.ts';
import type { Settings } from './settings.ts';

/** A box that may be answered. */
export interface Candidate {
  readonly classId: number;
  readonly score: number;
  /** In pixels of the model's canvas. */
  readonly corners: Corners;
}

/** More are not looked at: a threshold near 0 would let every place through. */
const MOST_CANDIDATES = 30_000;

type MayMeet = (a: Candidate, b: Candidate) => boolean;

const MAY_MEET: Readonly<Record<Settings['suppression'], MayMeet>> = {
  'per-class': (a, b) => a.classId === b.classId,
  agnostic: () => true,
  none: () => false,
};

/**
 * Non-maximum suppression: the best box stays, and of the rest those that overlap none of the better ones by more than the threshold.
 *
 * @param most boxes that are kept
 * @returns best first; equal scores in the order in which they came
 */
export function suppress(
  candidates: readonly Candidate[],
  how: Settings['suppression'],
  iouThreshold: number,
  most: number,
): Candidate[] {
  const mayMeet = MAY_MEET[how];
  const kept: Candidate[] = [];
  for (const one of bestFirst(candidates)) {
    if (kept.length >= most) break;
    if (kept.every((better) => !mayMeet(better, one) || overlap(better.corners, one.corners) <= iouThreshold))
      kept.push(one);
  }
  return kept;
}

function bestFirst(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((a, b) => b.score - a.score).slice(0, MOST_CANDIDATES);
}
