import type { AnswerSize } from '../advice/answer-size.ts';
import type { Source } from '../formats/source.ts';
import { measured } from '../model/measured.ts';
import type { Task } from '../tasks/settings.ts';
import type { Trial } from '../model/trial.ts';
import type { ModelSpec, Signature } from '../model/spec.ts';
import type { Guess } from '../tasks/table.ts';
import { conclude, type Conclusions } from './conclude.ts';

/** What `inspect` looked at. */
export interface Inspected {
  readonly source: Pick<Source, 'path' | 'member' | 'kind'>;
  readonly spec: ModelSpec;
  /** Undefined with --no-run. */
  readonly trial: Trial | undefined;
  readonly guess: Guess | undefined;
  /** Why no task fits. */
  readonly misfit: string | undefined;
}

/** All that `inspect` found out. */
export interface Inspection extends Inspected, Conclusions {
  /** What is served: mended, and by the trial run where the file says otherwise or nothing. */
  readonly signature: Pick<Signature, 'inputs' | 'outputs'>;
}

/** What was seen, with what follows from it. */
export function inspection(seen: Inspected): Inspection {
  const { spec, trial } = seen;
  const { inputs, outputs } = trial ? measured(spec.served, trial, spec.served.unknownRank) : spec.served;
  const signature = { inputs, outputs };
  return { ...seen, signature, ...conclude({ ...seen, signature }) };
}

/** What `inspect --json` prints; scripts rely on it. `version` counts up when a field changes its meaning or goes. */
export interface InspectionJson extends ModelSpec, Pick<Inspection, 'signature' | 'sizes' | 'memory'> {
  readonly version: 1;
  /** What was pointed at, or found in the folder: on disk also after this. */
  readonly file: string;
  /** The model's path inside `file` where that is an archive, else null. */
  readonly member: string | null;
  readonly source: Source['kind'];
  readonly trial: Trial | null;
  readonly task: {
    readonly settings: Task;
    readonly reasons: Readonly<Record<string, { readonly source: string; readonly why: string }>>;
    /** Names of the classes, null where nobody names them. */
    readonly labels: readonly string[] | null;
  } | null;
  /** Why there is no task. */
  readonly misfit: string | null;
  /** Null where nothing says how large the outputs are. */
  readonly answer: AnswerSize | null;
}

export function toJson(found: Inspection): InspectionJson {
  const { source, spec, trial, guess, misfit, signature, sizes, answer, memory } = found;
  return {
    version: 1,
    ...spec,
    file: source.path,
    member: source.member ?? null,
    source: source.kind,
    signature,
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
    sizes,
    answer: answer ?? null,
    memory,
  };
}
