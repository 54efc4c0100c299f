import type { Task } from '../tasks/settings.ts';
import type { Trial } from '../model/trial.ts';
import type { ModelSpec } from '../model/spec.ts';
import type { Guess } from '../tasks/table.ts';

/** All that `inspect` found out. */
export interface Inspection {
  readonly spec: ModelSpec;
  /** Undefined with --no-run. */
  readonly trial: Trial | undefined;
  readonly guess: Guess | undefined;
  /** Why no task fits. */
  readonly misfit: string | undefined;
}

/** What `inspect --json` prints; scripts rely on it. `version` counts up when a field changes its meaning or goes. */
export interface InspectionJson extends ModelSpec {
  readonly version: 1;
  readonly trial: Trial | null;
  readonly task: {
    readonly settings: Task;
    readonly reasons: Readonly<Record<string, { readonly source: string; readonly why: string }>>;
    /** Names of the classes, null where nobody names them. */
    readonly labels: readonly string[] | null;
  } | null;
  /** Why there is no task. */
  readonly misfit: string | null;
}

export function toJson({ spec, trial, guess, misfit }: Inspection): InspectionJson {
  return {
    version: 1,
    ...spec,
    trial: trial ?? null,
    task: guess
      ? {
          settings: guess.task,
          reasons: Object.fromEntries(
            guess.reasons.map(({ field, hint: { source, why } }) => [field, { source, why }]),
          ),
          labels: guess.labels?.value ?? null,
        }
      : null,
    misfit: misfit ?? null,
  };
}
