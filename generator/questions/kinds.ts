import type { Context } from './context.ts';
import type { Checked, Question } from './question.ts';

/** The parts of a question that its kind does not settle. */
type Rest<Value> = Pick<Question<Value>, 'flag' | 'message'> &
  Partial<Pick<Question<Value>, 'required' | 'asked' | 'negative'>> & {
    readonly fallback?: (context: Context) => NoInfer<Value> | undefined;
  };

const defaults = {
  required: false,
  asked: (): boolean => true,
  fallback: (): undefined => undefined,
} as const;

/** Asked never: a flag for those who know. */
export const never = (): boolean => false;

/** The value, unless something else was expected. */
const unless = <Value>(expected: string | undefined, value: Value): Checked<Value> =>
  expected === undefined ? { value } : { expected };

/** Any text that `expectation` finds nothing wrong with. */
export function text<Value extends string | undefined = string>(
  rest: Rest<Value> & { readonly expectation?: (text: string, context: Context) => string | undefined },
): Question<Value> {
  const { expectation, ...question } = rest;
  return {
    ...defaults,
    ...question,
    kind: 'text',
    parse: (given, context) => {
      return unless(expectation?.(given, context), given as Value);
    },
    print: (value) => value ?? '',
  };
}

/** A number from `min` to `max`, whole unless said. */
export function number(
  rest: Rest<number> & {
    readonly min: number;
    readonly max: number;
    readonly whole?: boolean;
    readonly example: number;
    readonly fits?: (value: number, context: Context) => string | undefined;
  },
): Question<number> {
  const { min, max, whole = true, example, fits, ...question } = rest;
  const expected = `a ${whole ? 'whole ' : ''}number from ${min} to ${max}, e.g. ${example}`;
  return {
    ...defaults,
    ...question,
    kind: 'text',
    parse: (given, context) => {
      const value = readNumber(given);
      if (value === undefined || value < min || value > max || (whole && !Number.isInteger(value))) return { expected };
      return unless(fits?.(value, context), value);
    },
    print: printNumber,
  };
}

/** A factor such as 1/255 as people write it. */
function printNumber(value: number): string {
  const bottom = Math.round(1 / value);
  return bottom > 1 && bottom < 1e6 && 1 / bottom === value ? `1/${bottom}` : String(value);
}

/** Numbers with commas between them. */
export function numbers(
  rest: Rest<readonly number[]> & {
    readonly expectation: (values: readonly number[], context: Context) => string | undefined;
  },
): Question<readonly number[]> {
  const { expectation, ...question } = rest;
  return {
    ...defaults,
    ...question,
    kind: 'text',
    parse: (given, context) => {
      const values = given.split(',').map(readNumber);
      if (!values.every((value) => value !== undefined)) return { expected: 'numbers with commas between them' };
      return unless(expectation(values, context), values);
    },
    print: (values) => values.join(','),
  };
}

/** What stands between commas; `\\,` is a comma in one of them. */
export const separate = (given: string): string[] =>
  given
    .split(/(?<!\\),/)
    .map((item) => item.replaceAll('\\,', ',').trim())
    .filter(Boolean);

/** Texts with commas between them. */
export function list(
  rest: Rest<readonly string[]> & {
    readonly expectation?: (items: readonly string[], context: Context) => string | undefined;
  },
): Question<readonly string[]> {
  const { expectation, ...question } = rest;
  return {
    ...defaults,
    ...question,
    kind: 'text',
    parse: (given, context) => {
      const items = separate(given);
      return unless(expectation?.(items, context), items);
    },
    print: (items) => items.map((item) => item.replaceAll(',', '\\,')).join(','),
  };
}

/** One of a few words. */
export function choice<Value extends string>(
  rest: Rest<Value> & {
    readonly choices: Readonly<Record<Value, string>>;
    readonly fits?: (value: Value, context: Context) => string | undefined;
  },
): Question<Value> {
  const { fits, ...question } = rest;
  const isOne = (given: string): given is Value => Object.hasOwn(rest.choices, given);
  return {
    ...defaults,
    ...question,
    kind: 'choice',
    parse: (given, context): Checked<Value> => {
      if (!isOne(given)) return { expected: `one of ${Object.keys(rest.choices).join(', ')}` };
      return unless(fits?.(given, context), given);
    },
    print: (value) => value,
  };
}

/** Yes or no. */
export function confirm(rest: Rest<boolean> & { readonly negative: string }): Question<boolean> {
  return {
    ...defaults,
    ...rest,
    kind: 'confirm',
    parse: (given) => {
      if (/^(yes|y|true)$/i.test(given)) return { value: true };
      if (/^(no|n|false)$/i.test(given)) return { value: false };
      return { expected: 'yes or no' };
    },
    print: (value) => (value ? 'yes' : 'no'),
  };
}

/** A decimal number or a fraction (`1/255`); undefined for anything else, infinities included. */
function readNumber(given: string): number | undefined {
  const [, top, bottom = '1'] =
    /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(?:\s*\/\s*(\d+\.?\d*))?\s*$/i.exec(given) ?? [];
  if (top === undefined) return undefined;
  const value = Number(top) / Number(bottom);
  return Number.isFinite(value) ? value : undefined;
}
