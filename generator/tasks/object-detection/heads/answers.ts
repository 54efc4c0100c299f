import type { Answers } from '../../../questions/answers.ts';
import type { Head } from '../settings.ts';
import type { HeadGuess } from './head-guess.ts';

/** Fields of a head that a person may know better, by what they are asked under. */
const FIELDS = {
  boxFormat: 'format',
  boxUnit: 'unit',
  firstClass: 'firstClass',
  background: 'background',
  activation: 'activation',
} as const;

export type HeadAnswer = keyof typeof FIELDS;
export const HEAD_ANSWERS = Object.keys(FIELDS) as readonly HeadAnswer[];

/** What the head itself says of a question; undefined where it has no such field. */
export function answerOf<Name extends HeadAnswer>(head: Head | undefined, name: Name): Answers[Name] | undefined {
  return (head as Readonly<Record<string, unknown>> | undefined)?.[FIELDS[name]] as Answers[Name] | undefined;
}

/** The head that was asked for, with what was answered in place of what was guessed. */
export function headFrom(heads: readonly HeadGuess[], answers: Partial<Answers>): HeadGuess | undefined {
  const chosen = heads.find(({ head }) => head.kind === answers.head) ?? heads[0];
  if (!chosen) return undefined;
  const said = HEAD_ANSWERS.filter((name) => answerOf(chosen.head, name) !== undefined && answers[name] !== undefined);
  const fields = said.map((name) => [FIELDS[name], answers[name]]);
  return { ...chosen, head: { ...chosen.head, ...Object.fromEntries(fields) } as Head };
}

/** Classes that have a name; undefined where boxes come with the number of their class. */
export function classesOf({ head, scores }: Pick<HeadGuess, 'head' | 'scores'>): number | undefined {
  if (scores === undefined) return undefined;
  return head.kind === 'ssd' && head.background !== 'none' ? scores - 1 : scores;
}
