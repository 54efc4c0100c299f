import { z } from 'zod';
import { arnHere, mayOnly, OUTPUT_FOLDERS, type OutputModule } from '../../../../generator/outputs/output.ts';
import type { Blueprint } from '../../../../generator/blueprint.ts';
import type { Parts } from '../../../../generator/template/parts.ts';

const NAME = /^[\w.-]{1,256}$/;
const ARN = /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[\w.-]{1,256}$/;

const settings = z.strictObject({
  kind: z.literal('eventbridge'),
  /** Name or ARN of a bus that is there. */
  bus: z.union([z.string().regex(NAME), z.string().regex(ARN)]).default('default'),
});
type Settings = z.infer<typeof settings>;

export const eventbridgeOutput: OutputModule<Settings> = {
  kind: 'eventbridge',
  title: "an event on EventBridge's default bus, or on another",
  repeatable: false,
  settings,
  parse: (value = 'default') =>
    NAME.test(value) || ARN.test(value)
      ? { value: { kind: 'eventbridge', bus: value } }
      : { expected: 'eventbridge, or eventbridge=BUS with the name or the ARN of a bus' },
  print: ({ bus }) => (bus === 'default' ? undefined : bus),
  template,
  handler: () => ({
    from: 'outputs/eventbridge/handler.ts',
    name: 'eventbridgeOutput',
    folders: ['outputs/eventbridge', ...OUTPUT_FOLDERS],
    brought: ['@aws-sdk/client-eventbridge'],
  }),
  readme: ({ bus }, blueprint) =>
    `Answers are events on bus \`${bus}\` with source \`${sourceOf(blueprint)}\` and detail type \`Answer\`; the detail is \`{"id", "name", "trigger", "hops", "answer"}\`, of less than 256 KB.`,
};

/** What rules know the service's events by. */
const sourceOf = ({ name }: Blueprint): string => `onnx-lambda.${name}`;

function template({ bus }: Settings, blueprint: Blueprint): Parts {
  const arn = ARN.test(bus) ? bus : arnHere('events', `event-bus/${bus}`);
  return {
    ...mayOnly('eventbridge', 'events:PutEvents', arn),
    variables: { OUTPUT_BUS: arn, OUTPUT_SOURCE: sourceOf(blueprint) },
  };
}
