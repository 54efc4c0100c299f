import type { JsonSchema, NamedSchema, ObjectSchema } from '../../swagger/schemas.ts';
import type { Fixture } from '../render/fixtures.ts';
import { featuresOf } from '../tabular/columns.ts';
import { ROWS_ERRORS } from '../tabular/readme.ts';
import { predictResponse } from '../tasks/predict-operation.ts';
import type { Fixtures } from '../tasks/task.ts';
import { json } from '../write/file-map.ts';
import type { Dialect } from './dialect.ts';

/** Key of a request: the values of a row. */
const KEY = 'input_X';
const MESSAGE = 'Successful prediction';

/** One row of values in, one prediction out: `{"input_X": […]}` → `{"message", "prediction"}`. */
export const message: Dialect = {
  title: '{"input_X": [value, …]} → {"message", "prediction"}',
  misfit({ task, features }) {
    if (task !== undefined && task !== 'tabular-regression' && task !== 'tabular-classification')
      return 'tabular-regression or tabular-classification';
    return features?.includes(KEY) ? `features of which none is called ${KEY}` : undefined;
  },
  files: ['message'],
  operation: ({ request, answer, ...standard }) => ({
    ...standard,
    summary: 'Predict of a row',
    description: 'Takes the values of one row in the order of the features. Answers with the prediction.',
    ...(request && {
      request: {
        ...request,
        description: 'The values of a row, in the order of the features.',
        schema: requestSchema(request.schema),
        example: { [KEY]: Object.values(request.example) },
      },
    }),
    answer: {
      description: 'What the model says of the row',
      schema: predictResponse({ message: { type: 'string' }, prediction: predictionSchema(answer.schema) }),
      example: answerOf((answer.example as { readonly predictions: readonly [Said] }).predictions[0]),
    },
  }),
  fixtures({ fixtures, sample }, { task }): Fixtures {
    const features = 'inputs' in task && 'missing' in task ? featuresOf(task) : [];
    const rows = fixtures.flatMap((fixture) => rowsOf(fixture, features));
    const once = [...new Map(rows.map((row) => [JSON.stringify(row.event), row])).values()];
    const event = once[0]?.event ?? sample.event;
    return {
      fixtures: once.map((row, i) => ({
        file: i === 0 ? sample.file : `row-${i + 1}.json`,
        entry: json(row.event),
        path: '/predict',
        response: answerOf(row.said),
      })),
      sample: { ...sample, event, body: Buffer.from(JSON.stringify(event)) },
    };
  },
  readme: (standard, { task }, { event }) => ({
    ...standard,
    api: `\`POST /predict\` takes the values of a row in the order of the features, a number each:

    ${JSON.stringify(event)}

and answers

    ${JSON.stringify({ message: MESSAGE, prediction: task.kind === 'tabular-classification' ? (task.classes[0] ?? 0) : 152.1 })}

${ROWS_ERRORS}`,
  }),
};

/** Of a row: a number, or several; of a classifier its class. */
interface Said {
  readonly prediction?: unknown;
  readonly label?: unknown;
}

const answerOf = ({ prediction, label }: Said): Readonly<Record<string, unknown>> => ({
  message: MESSAGE,
  prediction: prediction ?? label,
});

/** Of the forms that the task takes, the one with values alone, for one row. */
function requestSchema(standard: NamedSchema): NamedSchema {
  const forms = standard.type === undefined ? standard.anyOf : [];
  const values = forms.flatMap((form) => (form.type === 'object' ? (form.properties[KEY] ?? []) : []))[0];
  const row = values !== undefined && values.type === undefined ? values.anyOf?.[0] : undefined;
  if (values === undefined || row?.type !== 'array')
    throw new Error('a task on tables takes the values of a row alone');
  return {
    title: standard.title,
    ...(standard.description !== undefined && { description: standard.description }),
    type: 'object',
    required: [KEY],
    additionalProperties: false,
    properties: { [KEY]: { ...row, description: 'Values in the order of the features.' } },
  };
}

function predictionSchema(standard: NamedSchema): JsonSchema {
  const list = standard.type === 'object' ? standard.properties['predictions'] : undefined;
  const { prediction, label } = list?.type === 'array' ? (list.items as ObjectSchema).properties : {};
  const schema = prediction ?? label;
  if (!schema) throw new Error('a task on tables answers with a prediction for each row');
  return schema;
}

/** Each row of a request, whichever form it has, with what the model says of it. */
function rowsOf(
  { entry, response }: Fixture,
  features: readonly string[],
): readonly { readonly event: object; readonly said: Said }[] {
  const request = JSON.parse(entry.kind === 'text' ? entry.text : '{}') as Readonly<Record<string, unknown>>;
  const form = (key: string): unknown => (features.includes(key) ? undefined : request[key]);
  const named = (form('instances') ?? [request]) as readonly Readonly<Record<string, unknown>>[];
  const rows = (form(KEY) ?? named.map((row) => features.map((name) => row[name]))) as readonly unknown[];
  const { predictions } = response as { readonly predictions: readonly Said[] };
  return rows.map((values, i) => ({ event: { [KEY]: values }, said: predictions[i] ?? {} }));
}
