import { z } from 'zod';
import { arnHere, mayOnly, OUTPUT_FOLDERS, type OutputModule } from '../../../../generator/outputs/output.ts';
import type { Parts } from '../../../../generator/template/parts.ts';

const NAME = /^[\w-]{1,64}$/;
const ARN = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(:[\w$-]{1,128})?$/;

const settings = z.strictObject({
  kind: z.literal('lambda'),
  /** Name, or ARN with or without a version or alias. */
  function: z.union([z.string().regex(NAME), z.string().regex(ARN)]),
});
type Settings = z.infer<typeof settings>;

export const lambdaOutput: OutputModule<Settings> = {
  kind: 'lambda',
  title: 'another function, which is invoked with each answer and not waited for',
  repeatable: false,
  settings,
  parse: (value = '') =>
    NAME.test(value) || ARN.test(value)
      ? { value: { kind: 'lambda', function: value } }
      : { expected: 'lambda=NAME, or lambda=arn:aws:lambda:REGION:ACCOUNT:function:NAME' },
  print: (its) => its.function,
  template,
  handler: () => ({
    from: 'outputs/lambda/handler.ts',
    name: 'lambdaOutput',
    folders: ['outputs/lambda', ...OUTPUT_FOLDERS],
    brought: ['@aws-sdk/client-lambda'],
  }),
  readme: (its) =>
    `Function \`${its.function}\` is invoked with each answer, as \`{"id", "name", "trigger", "hops", "answer"}\` of at most 1 MB; it is not waited for.`,
};

function template(its: Settings): Parts {
  const arn = ARN.test(its.function) ? its.function : arnHere('lambda', `function:${its.function}`);
  return { ...mayOnly('lambda', 'lambda:InvokeFunction', arn), variables: { OUTPUT_FUNCTION: arn } };
}
