import { DIALECT_TABLE } from '../dialects/table.ts';
import { inputsQuestion } from '../inputs/question.ts';
import { OUTPUTS, outputTable, type Output } from '../outputs/table.ts';
import type { PartTable } from '../part-table.ts';
import type { PartModule } from '../part.ts';
import { triggerTable, type Trigger } from '../triggers/table.ts';
import type { Answers } from './answers.ts';
import type { Context } from './context.ts';
import { tooLarge } from './function-questions.ts';
import { choice, never, separate } from './kinds.ts';
import type { Checked, Question, Questions } from './question.ts';

/** Kinds of one table with commas between them, each at most once; `KIND=VALUE` where a kind has a value, `none` for none. */
function parts<Settings extends { readonly kind: string }, Module extends PartModule<Settings>>(
  table: PartTable<Settings, Module>,
  {
    fits = () => undefined,
    ...rest
  }: Pick<Question<readonly Settings[]>, 'flag' | 'message' | 'fallback' | 'asked'> & {
    readonly fits?: (values: readonly Settings[], context: Context) => string | undefined;
  },
): Question<readonly Settings[]> {
  return {
    ...rest,
    kind: 'several',
    // A kind that is nothing without a value is for flags.
    choices: Object.fromEntries(
      table.modules.filter(({ kind }) => 'value' in table.parse(kind)).map(({ kind, title }) => [kind, title]),
    ),
    required: false,
    parse(text, context): Checked<readonly Settings[]> {
      const checked = text === 'none' ? [] : separate(text).map((one) => table.parse(one));
      const wrong = checked.find((one) => 'expected' in one);
      if (wrong) return wrong;
      const values = checked.flatMap((one) => ('value' in one ? [one.value] : []));
      const twice = values.find(({ kind }, at) => values.findIndex((one) => one.kind === kind) !== at);
      const expected = twice ? `${twice.kind} once` : fits(values, context);
      return expected === undefined ? { value: values } : { expected };
    },
    print: (values) => values.map((one) => table.print(one).replaceAll(',', '\\,')).join(','),
  };
}

const titles = <Name extends string>(table: Readonly<Record<Name, { readonly title: string }>>): Record<Name, string> =>
  Object.fromEntries(Object.entries<{ title: string }>(table).map(([name, { title }]) => [name, title])) as Record<
    Name,
    string
  >;

const kinds = (table: object): string => Object.keys(table).join(', ');

/** Whether an answer would be lost without an output. */
const needsOutput = ({ triggers = [] }: Partial<Answers>): boolean =>
  triggers.some((trigger) => triggerTable.of(trigger).answers === 'outputs');

/** How requests come in, and where answers go. */
export const wayQuestions = {
  triggers: parts<Trigger, (typeof triggerTable)['modules'][number]>(triggerTable, {
    flag: '--trigger <kinds>',
    message: 'What starts the function, besides a direct invoke',
    fallback: () => [{ kind: 'rest-api' }],
    asked: () => true,
  }),
  outputs: parts<Output, (typeof outputTable)['modules'][number]>(outputTable, {
    flag: '--output <kinds>',
    message: 'Where answers go, besides to who waits for them',
    fallback: ({ answers }) => (needsOutput(answers) ? [{ kind: 's3', prefix: '' }] : []),
    asked: ({ answers }) => needsOutput(answers),
    fits: (outputs, { answers }) =>
      outputs.length === 0 && needsOutput(answers)
        ? `at least one, since nobody waits for the answers: ${kinds(OUTPUTS)}`
        : undefined,
  }),
  inputs: inputsQuestion,
  package: choice({
    flag: '--package <kind>',
    message: 'What is deployed',
    choices: {
      zip: 'a zip of a few kB, with layers: the fastest start, up to 250 MB together',
      image: 'a container image, built with Docker: up to 10 GB',
    },
    asked: (context) => tooLarge(context) !== undefined,
    fallback: () => 'zip',
  }),
  dialect: choice({
    flag: '--dialect <name>',
    message: 'How requests name their fields, and the shape of answers',
    choices: titles(DIALECT_TABLE),
    asked: never,
    fallback: () => 'standard',
    fits: (name, { answers }) => {
      const takes = DIALECT_TABLE[name].misfit(answers);
      return takes && `standard, since ${name} is for ${takes}`;
    },
  }),
} satisfies Partial<Questions>;
