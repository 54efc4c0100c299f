import { diff3Merge } from 'node-diff3';

/** What came of two edits of one text. */
export type Merged =
  { readonly kind: 'clean'; readonly text: string } | { readonly kind: 'conflict'; readonly text: string };

/** Three-way merge by lines; where both changed the same lines differently, both stand between git's marks. */
export function mergeTexts(mine: string, base: string, theirs: string): Merged {
  const regions = diff3Merge(mine.split('\n'), base.split('\n'), theirs.split('\n'), { excludeFalseConflicts: true });
  const conflicts = regions.some(({ conflict }) => conflict !== undefined);
  const lines = regions.flatMap(({ ok, conflict }) =>
    conflict ? ['<<<<<<< yours', ...conflict.a, '=======', ...conflict.b, '>>>>>>> update'] : (ok ?? []),
  );
  return { kind: conflicts ? 'conflict' : 'clean', text: lines.join('\n') };
}
