import type { Blueprint } from '../blueprint.ts';
import type { PartModule } from '../part.ts';
import type { Sample } from '../render/fixtures.ts';

/**
 * One kind of trigger: handler-template/src/triggers/KIND/ with `handler.ts`, which is copied into projects, and `emit.ts`, which is a module
 * of this shape, and a row in table.ts.
 */
export interface TriggerModule<Settings extends { readonly kind: string }> extends PartModule<Settings> {
  /** Who gets the answer: the caller, who waits for it and speaks HTTP or does not, or nobody but the outputs. */
  readonly answers: 'http' | 'caller' | 'outputs';
  /** Events for `invoke --event`, as AWS sends them, by the name of their file in events/. @param sample the request in them */
  readonly events: (settings: Settings, sample: Sample, blueprint: Blueprint) => Readonly<Record<string, object>>;
}

/** What handlers of events with records share. */
export const RECORDS = { folders: ['records'] } as const;

/** What handlers share of events whose records fail one by one. */
export const BATCHES = {
  folders: [...RECORDS.folders, 'batches'],
  packages: ['@aws-lambda-powertools/batch'],
} as const;

/** Seconds that a record may take: pictures of some megapixels and models of some 100 MB take less. */
const A_RECORD = 3;

/** How many records the function gets at once, so that it is done with them in its time. */
export const batchSize = ({ function: { timeout } }: Blueprint, most: number): number =>
  Math.min(most, Math.max(1, Math.floor(timeout / A_RECORD)));
