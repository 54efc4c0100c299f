import { ToolError } from '../errors.ts';
import { describeSignature } from '../hints/describe.ts';
import type { SideFile } from '../hints/side-files.ts';
import type { ModelSpec } from '../model/spec.ts';
import type { Trial } from '../model/trial.ts';
import type { TaskKind } from './settings.ts';
import { moduleOf, TASK_KINDS, type Guess } from './table.ts';
import type { Fit, ModelFacts } from './task.ts';

/**
 * The tasks that a model's signature suggests, the likeliest first, each with all of its settings and the reason for each.
 *
 * @param wanted the task that was asked for; without it all that fit
 * @throws ToolError TASK_DOES_NOT_FIT with what was expected and what came, ANSWER_INVALID for an unknown task
 */
export function guessTasks(
  spec: ModelSpec,
  sideFiles: readonly SideFile[],
  trial?: Trial,
  wanted?: string,
): readonly [Guess, ...Guess[]] {
  const facts = gather(spec, sideFiles, trial);
  const [first, ...rest] = fittingTasks(facts, wanted, wanted === undefined ? ['fits'] : ['fits', 'possible']);
  const guess = (kind: TaskKind): Guess => moduleOf({ kind }).guess(facts) as Guess;
  return [guess(first), ...rest.map(guess)];
}

/** The likeliest of `guessTasks`. */
export function guessTask(...given: Parameters<typeof guessTasks>): Guess {
  return guessTasks(...given)[0];
}

/**
 * Refuses a model that no run will make fit, before it is run.
 *
 * @throws ToolError TASK_DOES_NOT_FIT, ANSWER_INVALID
 */
export function checkTask(spec: ModelSpec, wanted?: string, sideFiles: readonly SideFile[] = []): void {
  fittingTasks(gather(spec, sideFiles), wanted, ['fits', 'unsure', 'possible']);
}

function gather(spec: ModelSpec, sideFiles: readonly SideFile[], trial?: Trial): ModelFacts {
  const { inputs, outputs } = spec.served;
  return { spec, inputs, outputs, trial, sideFiles };
}

function fittingTasks(
  facts: ModelFacts,
  wanted: string | undefined,
  enough: readonly Fit['kind'][],
): readonly [TaskKind, ...TaskKind[]] {
  const kinds = wanted === undefined ? TASK_KINDS : [knownTask(wanted)];
  const fits = kinds.map((kind) => ({ kind, fit: moduleOf({ kind }).fit(facts) }));
  const [first, ...rest] = fits.filter(({ fit }) => enough.includes(fit.kind)).map(({ kind }) => kind);
  if (first) return [first, ...rest];
  const { spec } = facts;
  // The last task takes whatever can be served: what keeps a model from that one keeps it from all.
  const { fit } = fits.at(-1) as { fit: Fit };
  throw new ToolError('TASK_DOES_NOT_FIT', {
    what: `The model ${wanted === undefined ? 'can not be served' : `does not fit ${wanted}`}: ${gotOf(fit)}.`,
    where: `${spec.file}: ${describeSignature(spec.inputs, spec.outputs)}`,
    ...(fit.kind === 'misfit' && { expected: fit.expected }),
    next:
      wanted === undefined
        ? `onnx-lambda inspect ${spec.file}`
        : 'leave --task out, or --task tensor, which any model fits',
  });
}

function gotOf(fit: Fit): string {
  if (fit.kind === 'misfit') return fit.got;
  return fit.kind === 'fits' ? 'it fits' : fit.why;
}

function knownTask(name: string): TaskKind {
  const found = TASK_KINDS.find((kind) => kind === name);
  if (found) return found;
  throw new ToolError('ANSWER_INVALID', {
    what: `There is no task ${name}.`,
    where: '--task',
    expected: TASK_KINDS.join(', '),
  });
}
