import { ToolError } from '../errors.ts';
import type { Trial } from '../model/trial.ts';
import type { ModelSpec } from '../model/spec.ts';
import { describeSignature } from './describe.ts';
import type { SideFile } from './side-files.ts';
import { TASKS, type Guess, type TaskKind } from './table.ts';
import type { Fit, ModelFacts } from './task.ts';

/**
 * The task that a model's signature suggests, with all of its settings and the reason for each.
 *
 * @param wanted the task that was asked for; without it the first that fits
 * @throws ToolError TASK_DOES_NOT_FIT with what was expected and what came, ANSWER_INVALID for an unknown task
 */
export function guessTask(spec: ModelSpec, sideFiles: readonly SideFile[], trial?: Trial, wanted?: string): Guess {
  const facts = gather(spec, sideFiles, trial);
  const kind = fittingTask(facts, wanted, ['fits']);
  return TASKS[kind].guess(facts);
}

/**
 * Refuses a model that no run will make fit, before it is run.
 *
 * @throws ToolError TASK_DOES_NOT_FIT, ANSWER_INVALID
 */
export function checkTask(spec: ModelSpec, wanted?: string): void {
  fittingTask(gather(spec, []), wanted, ['fits', 'unsure']);
}

function gather(spec: ModelSpec, sideFiles: readonly SideFile[], trial?: Trial): ModelFacts {
  const { inputs, outputs } = spec.served;
  return { spec, inputs, outputs, trial, sideFiles };
}

function fittingTask(facts: ModelFacts, wanted: string | undefined, enough: readonly Fit['kind'][]): TaskKind {
  const kinds = wanted === undefined ? (Object.keys(TASKS) as TaskKind[]) : [knownTask(wanted)];
  const fits = kinds.map((kind) => ({ kind, fit: TASKS[kind].fit(facts) }));
  const found = fits.find(({ fit }) => enough.includes(fit.kind));
  if (found) return found.kind;
  const { spec } = facts;
  throw new ToolError('TASK_DOES_NOT_FIT', {
    what: `The model does not fit ${wanted ?? 'any task that is known'}: ${fits.map(({ fit }) => gotOf(fit)).join('; ')}.`,
    where: `${spec.file}: ${describeSignature(spec.inputs, spec.outputs)}`,
    expected: fits.map(({ kind, fit }) => (fit.kind === 'misfit' ? `${kind}: ${fit.expected}` : kind)).join('; '),
    next: `onnx-lambda inspect ${spec.file}`,
  });
}

function gotOf(fit: Fit): string {
  if (fit.kind === 'misfit') return fit.got;
  return fit.kind === 'unsure' ? fit.why : 'it fits';
}

function knownTask(name: string): TaskKind {
  if (Object.hasOwn(TASKS, name)) return name as TaskKind;
  throw new ToolError('ANSWER_INVALID', {
    what: `There is no task ${name}.`,
    where: '--task',
    expected: Object.keys(TASKS).join(', '),
  });
}
