import type { ModelSource } from '../blueprint.ts';
import type { Origin } from '../formats/source.ts';
import type { ModelHints } from '../questions/context.ts';
import type { TaskKind } from '../tasks/settings.ts';
import type { Examined } from '../tasks/examine.ts';
import { tooLargeForLayer } from '../advice/sizes.ts';
import { conclude, type Conclusions } from './conclude.ts';
import { moduleOf, type Guess } from '../tasks/table.ts';

/** All that the model, and what lies beside it, told; with the task settled. */
export interface Learned {
  readonly examined: Examined;
  readonly guess: Guess;
  /** Where a function could fetch it, if it came from the web. */
  readonly origin?: Origin | undefined;
  /** What a project said of its own model so far. */
  readonly keptSource?: ModelSource | undefined;
}

/** The guess for a task that the model fits. */
export function guessFor({ guesses }: Examined, task: TaskKind | undefined): Guess {
  return guesses.find(({ kind }) => kind === task) ?? guesses[0];
}

/** Of the model that is served, with its weights. */
export const servedBytes = ({ examined: { spec, mended } }: Pick<Learned, 'examined'>): number =>
  mended.size + spec.externalBytes;

/** What the model will take on Lambda, with this task. */
export function concluded({ examined: { spec, mended, trial }, guess }: Learned): Conclusions {
  return conclude({ spec, signature: mended, trial, guess });
}

/** What is certain enough not to be asked (the graph, a run, metadata, a file beside the model), and the likely rest. */
export function hintsFrom(examined: Examined, guess: Guess, modelName: string | undefined): ModelHints {
  const { spec, guesses } = examined;
  const { memory, sizes } = concluded({ examined, guess });
  return {
    ...guess.hints,
    modelName,
    modelVersion: spec.metadata['model_version']?.slice(0, 64) || undefined,
    tasks: guesses.map(({ kind }) => kind),
    does: moduleOf(guess).name,
    memory: memory.recommended,
    tooLarge: { arm64: tooLargeForLayer(sizes.arm64), x86_64: tooLargeForLayer(sizes.x86_64) },
  };
}
