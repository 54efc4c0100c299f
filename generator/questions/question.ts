import type { Answers } from './answers.ts';
import type { Context } from './context.ts';

/** What a text turned out to be: a value, or a sentence that says what would have been right. */
export type Checked<Value> = { readonly value: Value } | { readonly expected: string };

/** A question and its flag are one thing: asked, flagged or defaulted, its value goes through the same `parse`. */
export interface Question<Value> {
  /** As commander spells it: `--size <pixels>`; the argument DIR has none of its own. */
  readonly flag: string;
  /** For a yes-no question: the flag that says no. */
  readonly negative?: string;
  /** What is asked, without the question mark; also the flag's help. */
  readonly message: string;
  readonly kind: 'text' | 'choice' | 'several' | 'confirm';
  /** The values of a choice, or what several are taken of, with what each means. */
  readonly choices?: Readonly<Record<string, string>>;
  /** An answer that must come from the user: there is no sound default. */
  readonly required: boolean;
  /** Reads what was typed or flagged; checks that need the model run only where the context has one. */
  readonly parse: (text: string, context: Context) => Checked<Value>;
  /** The text that parses back to the value. */
  readonly print: (value: Value) => string;
  /** The answer where nobody says anything. */
  readonly fallback: (context: Context) => Value | undefined;
  /** Whether a person is asked; a flag is taken in any case. */
  readonly asked: (context: Context) => boolean;
}

export type AnswerName = keyof Answers;
export type Questions = { readonly [Name in AnswerName]: Question<Answers[Name]> };

/** The flag's name alone: `--size` of `--size <pixels>`. */
export function flagName(question: { readonly flag: string }): string {
  return question.flag.split(' ')[0] ?? question.flag;
}

/**
 * The one function that decides whether an answer is taken, wherever it came from.
 *
 * @example check(questions.timeout, '901', context) // { expected: 'a whole number from 1 to 900, e.g. 29' }
 */
export function check<Value>(question: Question<Value>, text: string, context: Context): Checked<Value> {
  if (/[\0-\x08\x0a-\x1f\x7f]/.test(text)) return { expected: 'one line of text without control characters' };
  const allowed = question.kind === 'choice' && Object.keys(question.choices ?? {});
  if (allowed && !allowed.includes(text)) return { expected: `one of ${allowed.join(', ')}` };
  return question.parse(text, context);
}
