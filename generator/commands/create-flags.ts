import { Option } from 'commander';
import { ToolError } from '../errors.ts';
import { readChoice, type ModelChoice } from './model-choice.ts';
import type { Given } from '../questions/collect.ts';
import type { AnswerName } from '../questions/question.ts';
import { SHORTHANDS, spread, type Shorthand } from '../questions/stage-questions.ts';
import { ANSWER_NAMES, questions } from '../questions/table.ts';
import { answersOfRecipe } from '../recipes/answers.ts';

/** As commander hands them over, by attribute name. */
export type Flags = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

export interface CreateOptions {
  /** Answers as text, not checked yet. */
  readonly given: Given;
  /** Whose answers are among these, where no flag says otherwise. */
  readonly recipe?: { readonly name: string; readonly answers: Given } | undefined;
  /** No question may be asked: a flag says how the project is to be. */
  readonly decided: boolean;
  readonly dryRun: boolean;
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly choose: ModelChoice;
}

/** Flags to answers as text; shorthands give way to the flag of a stage. */
export function readFlags(dir: string | undefined, flags: Flags): CreateOptions {
  const own = ANSWER_NAMES.flatMap((name): [AnswerName, string][] => {
    const text = name === 'dir' ? dir : textOf(name, flags);
    return text === undefined ? [] : [[name, text]];
  });
  const shared = (Object.keys(SHORTHANDS) as Shorthand[]).flatMap((shorthand) => {
    const text = flags[shorthand];
    return typeof text === 'string' ? Object.entries(spreadOrRefuse(shorthand, text)) : [];
  });
  const recipe = recipeOf(wordOf(flags['recipe']));
  const given: Given = { ...recipe?.answers, ...Object.fromEntries([...shared, ...own]) };
  return {
    given,
    recipe,
    decided: flags['yes'] === true || Object.keys(given).some((name) => name !== 'dir'),
    dryRun: flags['dryRun'] === true,
    overwrite: flags['overwrite'] === true,
    json: flags['json'] === true,
    choose: readChoice({
      modelFile: wordOf(flags['modelFile']),
      tritonVersion: wordOf(flags['tritonVersion']),
      modelSha256: wordOf(flags['modelSha256']),
    }),
  };
}

const recipeOf = (name: string | undefined): CreateOptions['recipe'] =>
  name === undefined ? undefined : { name, answers: answersOfRecipe(name) };

const wordOf = (flag: Flags[string]): string | undefined => (typeof flag === 'string' ? flag : undefined);

function textOf(name: AnswerName, flags: Flags): string | undefined {
  const { flag, negative } = questions[name];
  const said = (spelling: string): Flags[string] => flags[new Option(spelling).attributeName()];
  if (negative !== undefined) {
    // `--no-x` is the same attribute as `--x`; `--skip-x` is one of its own.
    if (said(negative) === (new Option(negative).negate ? false : true)) return 'no';
    return said(flag) === true ? 'yes' : undefined;
  }
  const value = said(flag);
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map((path: string) => path.replaceAll(',', '\\,')).join(',') : undefined;
}

function spreadOrRefuse(shorthand: Shorthand, text: string): Given {
  const result = spread(shorthand, text);
  if (result.kind === 'spread') return result.given;
  throw new ToolError('ANSWER_INVALID', {
    what: `--${shorthand} can't be ${JSON.stringify(text)}.`,
    where: `--${shorthand}`,
    expected: result.expected,
  });
}
