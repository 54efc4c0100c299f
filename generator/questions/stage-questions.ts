import { STAGES, type Auth, type StageName } from '../blueprint.ts';
import { speaksHttp } from '../triggers/table.ts';
import { choice, never, text } from './kinds.ts';
import type { AnswerName, Question, Questions } from './question.ts';

const CHOICES: Readonly<Record<Auth, string>> = {
  iam: 'signed requests of your AWS account',
  'api-key': 'a key in the header x-api-key',
  none: 'anybody on the internet',
};

const capital = <Text extends string>(name: Text): Capitalize<Text> =>
  (name.charAt(0).toUpperCase() + name.slice(1)) as Capitalize<Text>;

/** The answer's name of what a Blueprint keeps of a stage. */
export const stageAnswer = <Field extends 'auth' | 'account' | 'region', Stage extends StageName>(
  field: Field,
  stage: Stage,
): `${Field}${Capitalize<Stage>}` => `${field}${capital(stage)}`;

const auth = (stage: StageName): Question<Auth> =>
  choice({
    flag: `--auth-${stage} <who>`,
    message: `Who may call the ${stage} API`,
    choices: CHOICES,
    asked: ({ answers: { triggers = [] } }) => speaksHttp({ triggers }),
    fallback: () => 'iam',
    // Before the model is read nobody knows which triggers there are.
    fits: (value, { answers: { triggers } }) =>
      value === 'api-key' && triggers?.every(({ kind }) => kind !== 'rest-api')
        ? 'iam or none, since only a REST API has keys: --trigger rest-api'
        : undefined,
  });

const account = (stage: StageName): Question<string | undefined> =>
  text<string | undefined>({
    flag: `--account-${stage} <id>`,
    message: `AWS account that ${stage} must be deployed to`,
    asked: never,
    expectation: (given) => (/^\d{12}$/.test(given) ? undefined : 'an account id of 12 digits'),
  });

const region = (stage: StageName): Question<string | undefined> =>
  text<string | undefined>({
    flag: `--region-${stage} <region>`,
    message: `AWS region of ${stage}`,
    asked: never,
    expectation: (given) => (/^[a-z]{2,4}(-[a-z]+){1,2}-\d$/.test(given) ? undefined : 'a region, e.g. eu-central-1'),
  });

/** One set for each stage. */
export const stageQuestions = {
  authDev: auth('dev'),
  authStage: auth('stage'),
  authProd: auth('prod'),
  accountDev: account('dev'),
  accountStage: account('stage'),
  accountProd: account('prod'),
  regionDev: region('dev'),
  regionStage: region('stage'),
  regionProd: region('prod'),
} satisfies Partial<Questions>;

/** A flag for all stages (`--auth iam`) or some by name (`--auth dev=none,prod=iam`). */
export const SHORTHANDS = {
  auth: {
    flag: '--auth <who>',
    message: 'Who may call the API of each stage: iam, api-key, none, or dev=none,prod=iam',
  },
  account: { flag: '--account <id>', message: 'AWS account of each stage: 123456789012, or dev=…,prod=…' },
  region: { flag: '--region <region>', message: 'AWS region of each stage: eu-central-1, or dev=…,prod=…' },
} as const;
export type Shorthand = keyof typeof SHORTHANDS;

export type Spread =
  | { readonly kind: 'spread'; readonly given: Readonly<Partial<Record<AnswerName, string>>> }
  | { readonly kind: 'refused'; readonly expected: string };

/**
 * The per-stage answers that a shorthand stands for. `--auth none` opens no prod API: prod has to be named for that.
 *
 * @example spread('auth', 'dev=none,prod=iam') // { kind: 'spread', given: { authDev: 'none', authProd: 'iam' } }
 */
export function spread(shorthand: Shorthand, given: string): Spread {
  if (!given.includes('=')) {
    if (shorthand === 'auth' && given === 'none')
      return {
        kind: 'refused',
        expected: 'stages by name, as it would open prod to anybody: --auth dev=none,stage=none,prod=none',
      };
    return { kind: 'spread', given: Object.fromEntries(STAGES.map((stage) => [shorthand + capital(stage), given])) };
  }
  const pairs = given.split(',').map((pair) => pair.split('='));
  const isStage = (name: string | undefined): name is StageName => STAGES.some((stage) => stage === name);
  const named = pairs.flatMap(([stage, value, more]) =>
    isStage(stage) && value && more === undefined ? [[shorthand + capital(stage), value] as const] : [],
  );
  const twice = new Set(named.map(([name]) => name)).size < named.length;
  return named.length === pairs.length && !twice
    ? { kind: 'spread', given: Object.fromEntries(named) }
    : {
        kind: 'refused',
        expected: `${STAGES.join(', ')} with a value each, once: ${shorthand === 'auth' ? 'dev=none,prod=iam' : 'dev=…,prod=…'}`,
      };
}
