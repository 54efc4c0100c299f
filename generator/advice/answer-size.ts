import { megabytes } from '../megabytes.ts';
import type { ElementType, TensorSpec } from '../model/spec.ts';
import type { Trial } from '../model/trial.ts';
import { LIMITS } from '../template/limits.ts';

/**
 * Bytes of one element as JSON, its comma counted. A float32 is written as the double that it is, in up to 22 digits and signs: 20 is what random
 * numbers come to. Text is anybody's guess.
 */
const ELEMENT_BYTES: Readonly<Record<ElementType, number>> = {
  bool: 6, string: 16, int8: 4, uint8: 4, int16: 6, uint16: 6, int32: 8, uint32: 8, int64: 8, uint64: 8,
  float16: 20, bfloat16: 20, float32: 20, float64: 20,
}; // prettier-ignore

/** Of an output beside its elements: name, datatype, shape. */
const AROUND = 100;

/** How large answers get. */
export interface AnswerSize {
  /** Of all outputs as JSON tensors, for inputs as large as those of the trial run. */
  readonly bytes: number;
  /** What Lambda answers at most. */
  readonly limit: number;
  /** Whether larger inputs than those of the trial run can be sent. */
  readonly open: boolean;
  /** Values of each output. */
  readonly elements: Readonly<Record<string, number>>;
}

/** What the trial run's outputs are as JSON, or the graph's where there was no run; undefined where neither says how large they are. */
export function answerSize(
  inputs: readonly TensorSpec[],
  outputs: readonly TensorSpec[],
  trial: Trial | undefined,
): AnswerSize | undefined {
  const counted = outputs.map(({ name, elementType, dims }) => {
    const shape = trial?.outputs[name]?.dims ?? (dims.every((dim) => typeof dim === 'number') ? dims : undefined);
    return { name, elementType, elements: shape?.reduce((product, dim) => product * dim, 1) };
  });
  if (!counted.every((one): one is typeof one & { elements: number } => one.elements !== undefined)) return undefined;
  const bytes = counted.reduce((sum, { elementType, elements }) => sum + AROUND + elements * ELEMENT_BYTES[elementType], 0); // prettier-ignore
  const open = inputs.some(({ dims }) => dims.some((dim) => typeof dim !== 'number'));
  const elements = Object.fromEntries(counted.map((one) => [one.name, one.elements]));
  return { bytes, limit: LIMITS.answer.max, open, elements };
}

/** An answer of which fewer than this many fit is one that a somewhat larger request makes too large. */
const NEAR = 4;

/** What a person must know of answers that Lambda can't give; undefined where there is no danger. */
export function answerWarning({ bytes, limit, open }: AnswerSize): string | undefined {
  const all = `All outputs as JSON tensors have about ${megabytes(bytes)}`;
  const then = 'then the answer is 413 RESPONSE_TOO_LARGE; ask for fewer outputs, or have src/customize.ts reduce them';
  if (bytes > limit) return `${all}, and Lambda answers at most ${megabytes(limit)}: ${then}.`;
  if (open && bytes * NEAR > limit)
    return `${all} for inputs as large as those of the trial run; larger ones can exceed the ${megabytes(limit)} that Lambda answers: ${then}.`;
  return undefined;
}
