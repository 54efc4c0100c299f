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
