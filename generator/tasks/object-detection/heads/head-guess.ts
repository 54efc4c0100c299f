import { hint, type Hint } from '../../../hints/hint.ts';
import type { Dim, TensorSpec } from '../../../model/spec.ts';
import type { ModelFacts, Reason } from '../../task.ts';
import type { Head } from '../settings.ts';

/** A head that the outputs may be. */
export interface HeadGuess {
  readonly head: Head;
  /** Whether more than the shapes speaks for it. */
  readonly likely: boolean;
  /** Scores that each box has, the background's included; undefined where boxes come with the number of their class. */
  readonly scores: number | undefined;
  /** What was taken for what, beginning with the head itself. */
  readonly reasons: readonly Reason[];
}

/** Outputs of float32 with the shapes that a trial run showed, where there was one. */
export function floats({ outputs, trial }: ModelFacts): TensorSpec[] {
  return shaped({ outputs, trial }).filter(({ elementType }) => elementType === 'float32');
}

/** All outputs with the shapes that a trial run showed. */
export function shaped({ outputs, trial }: Pick<ModelFacts, 'outputs' | 'trial'>): TensorSpec[] {
  return outputs.map((tensor) => ({ ...tensor, dims: trial?.outputs[tensor.name]?.dims ?? tensor.dims }));
}

/** The last dims as numbers; undefined where there are fewer or one is open. */
export function lastDims(dims: readonly Dim[], count: number): readonly number[] | undefined {
  const last = dims.slice(-count);
  return last.length === count && last.every((dim) => typeof dim === 'number') ? last : undefined;
}

/** Height and width of the model's input, as the trial run had it or the graph fixes it. */
export function canvasOf({ inputs, trial }: ModelFacts): { height: number; width: number } | undefined {
  const [input] = inputs;
  const dims = input && (trial?.inputs[input.name] ?? input.dims);
  const [first, second, third] = (dims && lastDims(dims, 3)) ?? [];
  if (first === undefined || second === undefined || third === undefined) return undefined;
  return first <= 3 ? { height: second, width: third } : { height: first, width: second };
}

/** Coordinates up to here may be parts of the picture that reach out of it. */
const PARTS = 2;

/** Pixels or parts, by the largest number of the trial runs. @param besides what else may be in the output */
export function unitOf(
  output: string,
  { trial }: ModelFacts,
  usual: 'pixels' | 'normalized',
  besides = 0,
): Hint<'pixels' | 'normalized'> {
  const range = trial?.outputs[output]?.range;
  if (!range) return hint(usual, 'default', 'Trial runs show no box.');
  return range.max > Math.max(PARTS, besides)
    ? hint('pixels', 'trial', `In trial runs ${output} reaches ${range.max.toPrecision(3)}.`)
    : hint('normalized', 'trial', `In trial runs ${output} stays below ${Math.max(PARTS, besides)}.`);
}
