import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolError } from '../generator/errors.ts';
import { Expected, EXPECTED_FILE, type Prediction, type Tolerance } from '../generator/expected.ts';

export type { Expected, Prediction, Tolerance };

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

/** Where a fixture is sent over HTTP; what is no fixture goes to the task. */
export function pathOf(root: string, file: string): string {
  return existsSync(join(root, EXPECTED_FILE)) ? (readExpected(root).fixtures[file]?.path ?? '/predict') : '/predict';
}

/**
 * Compares an answer with what the model itself said: each field of the expected answer must be there, texts and lengths the same, each
 * number within the tolerance. Of a list of predictions, classes that are about as probable as each other may change places.
 */
export function compareAnswer(expected: unknown, answer: unknown, tolerance: Tolerance): Comparison {
  const worst = { difference: 0 };
  const why = differs(expected, answer, tolerance, '', worst);
  return why === undefined ? { kind: 'same', difference: worst.difference } : { kind: 'different', why };
}

function differs(
  want: unknown,
  have: unknown,
  tolerance: Tolerance,
  at: string,
  worst: { difference: number },
): string | undefined {
  const place = at === '' ? 'the answer' : at;
  if (typeof want === 'number' && typeof have === 'number') {
    const delta = Math.abs(want - have);
    worst.difference = Math.max(worst.difference, delta);
    return delta <= tolerance.absolute + tolerance.relative * Math.abs(want)
      ? undefined
      : `${place} is ${have} instead of ${want}`;
  }
  if (Array.isArray(want)) {
    if (!Array.isArray(have)) return `${place} is no list`;
    if (have.length !== want.length) return `${place} has ${have.length} items instead of ${want.length}`;
    const [expected, got] = [predictionsIn(want), predictionsIn(have)];
    if (expected && got) return differInOrder(expected, got, tolerance.absolute, worst);
    return first(want.map((item, i) => () => differs(item, have[i], tolerance, `${at}[${i}]`, worst)));
  }
  if (typeof want === 'object' && want !== null) {
    if (typeof have !== 'object' || have === null) return `${place} is ${brief(have)}`;
    const fields = Object.entries(want as Record<string, unknown>);
    return first(
      fields.map(([key, value]) => () => {
        const inner = at === '' ? key : `${at}.${key}`;
        return Object.hasOwn(have, key)
          ? differs(value, (have as Record<string, unknown>)[key], tolerance, inner, worst)
          : `${place} has no ${key}`;
      }),
    );
  }
  return Object.is(want, have) ? undefined : `${place} is ${brief(have)} instead of ${brief(want)}`;
}

/** The first of several findings, the rest is not looked for. */
function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The beginning of a value as JSON. */
export function brief(value: unknown, longest = 60): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Classes with their probabilities, as a list has them: `{className, probability}`, or pairs of a label and percent. */
export function predictionsIn(items: unknown): readonly Prediction[] | undefined {
  if (!Array.isArray(items) || items.length === 0) return undefined;
  const predictions = (items as readonly unknown[]).map(predictionOf);
  return predictions.every((one) => one !== undefined) ? predictions : undefined;
}

function predictionOf(item: unknown): Prediction | undefined {
  const { className, probability } = Array.isArray(item) && item.length === 2 ? ofPair(item) : ((item ?? {}) as Fields);
  const isOne = typeof className === 'string' && typeof probability === 'number' && Number.isFinite(probability);
  return isOne ? { className, probability } : undefined;
}

type Fields = Readonly<Partial<Record<keyof Prediction, unknown>>>;

const ofPair = ([label, percent]: readonly unknown[]): Fields => ({
  className: label,
  probability: typeof percent === 'number' ? percent / 100 : undefined,
});

function differInOrder(
  expected: readonly Prediction[],
  got: readonly Prediction[],
  tolerance: number,
  worst: { difference: number },
): string | undefined {
  if (got.some(({ className }) => countOf(got, className) > Math.max(1, countOf(expected, className))))
    return 'a class is there too often';
  for (const [i, want] of expected.entries()) {
    const have = got[i] as Prediction;
    const delta = Math.abs(have.probability - want.probability);
    worst.difference = Math.max(worst.difference, delta);
    if (!mayStandAt(expected, i, have.className, tolerance))
      return `class ${i + 1} is ${have.className} instead of ${want.className}`;
    if (delta > tolerance)
      return `the probability of ${want.className} is off by ${delta.toPrecision(3)}, more than ${tolerance}`;
  }
  return undefined;
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
