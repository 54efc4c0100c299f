import type { ModelFacts } from './task.ts';
import { TASKS } from './table.ts';

/** Height and width to try a model of open size with: what the first task knows that knows one. */
export function sizeHint(facts: Pick<ModelFacts, 'spec' | 'sideFiles'>): { height: number; width: number } | undefined {
  for (const task of Object.values(TASKS)) {
    const size = task.sizeHint(facts);
    if (size) return size;
  }
  return undefined;
}
