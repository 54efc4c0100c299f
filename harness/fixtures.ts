import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolError } from '../generator/errors.ts';
import { Expected, EXPECTED_FILE, type Prediction } from '../generator/expected.ts';

export type { Expected, Prediction };

/** A fixture's answer against the expected one. */
export type Comparison =
  { readonly kind: 'same'; readonly difference: number } | { readonly kind: 'different'; readonly why: string };

/**
 * The project's fixtures/expected.json.
 *
 * @throws ToolError EXPECTED_INVALID
 */
export function readExpected(root: string): Expected {
  const file = join(root, EXPECTED_FILE);
  const trouble = { where: file, next: 'create-onnx-lambda --overwrite makes it anew' };
  if (!existsSync(file)) throw new ToolError('EXPECTED_INVALID', { what: `There is no ${EXPECTED_FILE}.`, ...trouble });
  try {
    return Expected.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new ToolError(
      'EXPECTED_INVALID',
      { what: `${EXPECTED_FILE} is not as it should be.`, ...trouble },
      { cause },
    );
  }
}

/** The predictions in an answer of the service, or undefined where it is no such answer. */
export function predictionsOf(answer: unknown): Prediction[] | undefined {
  const list = (answer as { predictions?: unknown } | null | undefined)?.predictions;
  if (!Array.isArray(list)) return undefined;
  const isPrediction = (item: unknown): item is Prediction => {
    const { className, probability } = (item ?? {}) as Partial<Prediction>;
    return typeof className === 'string' && typeof probability === 'number' && Number.isFinite(probability);
  };
  return list.every(isPrediction) ? list : undefined;
}

/**
 * Compares an answer with what the model itself said: the same classes in the same order, each probability within `tolerance`.
 * Only classes whose expected probabilities are that close to each other may change places.
 */
export function compareAnswer(expected: readonly Prediction[], answer: unknown, tolerance: number): Comparison {
  const got = predictionsOf(answer);
  if (!got) return { kind: 'different', why: 'the answer has no predictions' };
  if (got.length !== expected.length)
    return { kind: 'different', why: `${got.length} predictions instead of ${expected.length}` };
  if (got.some(({ className }) => countOf(got, className) > Math.max(1, countOf(expected, className))))
    return { kind: 'different', why: 'a class is there too often' };
  let difference = 0;
  for (const [i, want] of expected.entries()) {
    const have = got[i] as Prediction;
    const delta = Math.abs(have.probability - want.probability);
    difference = Math.max(difference, delta);
    if (!mayStandAt(expected, i, have.className, tolerance))
      return { kind: 'different', why: `class ${i + 1} is ${have.className} instead of ${want.className}` };
    if (delta > tolerance)
      return {
        kind: 'different',
        why: `the probability of ${want.className} is off by ${delta.toPrecision(3)}, more than ${tolerance}`,
      };
  }
  return { kind: 'same', difference };
}

/** How often a name stands in a list: labels may hold the same name for several classes. */
function countOf(predictions: readonly Prediction[], className: string): number {
  return predictions.filter((prediction) => prediction.className === className).length;
}

/** Whether a class is as probable as the one that is expected there. One that the list does not name may be as probable as its last. */
function mayStandAt(expected: readonly Prediction[], i: number, className: string, tolerance: number): boolean {
  const here = expected[i];
  if (here?.className === className) return true;
  const named = expected.filter((prediction) => prediction.className === className);
  const alike = named.length > 0 ? named : expected.length > 1 ? expected.slice(-1) : [];
  return here !== undefined && alike.some(({ probability }) => Math.abs(probability - here.probability) <= tolerance);
}
