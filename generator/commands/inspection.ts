import { answerSize, type AnswerSize } from '../advice/answer-size.ts';
import { memoryAdvice, type MemoryAdvice } from '../advice/memory.ts';
import { expectedSizes, type ExpectedSizes } from '../advice/sizes.ts';
import type { Blueprint } from '../blueprint.ts';
import type { Source } from '../formats/source.ts';
import { measured } from '../model/measured.ts';
import type { Task } from '../tasks/settings.ts';
import type { Trial } from '../model/trial.ts';
import type { ModelSpec, TensorSpec } from '../model/spec.ts';
import { handlerOf, type Guess } from '../tasks/table.ts';
import type { HandlerParts } from '../tasks/task.ts';

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
export interface Inspection extends Inspected {
  /** What is served: mended, and by the trial run where the file says otherwise or nothing. */
  readonly signature: Signature;
  readonly sizes: Readonly<Record<Blueprint['function']['architecture'], ExpectedSizes>>;
  /** Undefined where nothing says how large the outputs are. */
  readonly answer: AnswerSize | undefined;
  readonly memory: MemoryAdvice;
}

interface Signature {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}

/** What any model needs of the handler. */
const NO_TASK: Pick<HandlerParts, 'runtime' | 'folders'> = { runtime: ['onnxruntime-node'], folders: [] };

/** What follows from what was seen. */
export function conclude(seen: Inspected): Inspection {
  const { spec, trial, guess } = seen;
  const signature = trial ? measured(spec.served, trial, spec.served.unknownRank) : spec.served;
  const bytes = spec.bytes + spec.externalBytes;
  const { runtime, folders } = guess ? handlerOf(guess.task) : NO_TASK;
  return {
    ...seen,
    signature: { inputs: signature.inputs, outputs: signature.outputs },
    sizes: { arm64: expectedSizes(bytes, runtime, 'arm64'), x86_64: expectedSizes(bytes, runtime, 'x86_64') },
    answer: answerSize(signature.inputs, signature.outputs, trial),
    memory: memoryAdvice({ model: bytes, peak: trial?.peakBytes, pictures: folders.includes('pictures') }),
  };
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

export function toJson(inspection: Inspection): InspectionJson {
  const { source, spec, trial, guess, misfit, signature, sizes, answer, memory } = inspection;
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
