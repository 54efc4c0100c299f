import type { Blueprint } from '../blueprint.ts';
import { modelInfo, type AlternativesSchema, type JsonSchema, type ObjectSchema } from '../../swagger/schemas.ts';
import type { Operation } from '../../swagger/operation.ts';
import { predictOperation } from '../tasks/predict-operation.ts';
import type { TextSettings } from './settings.ts';

/** What is of the task in POST /predict of a task that takes texts. */
export interface TextOperation extends Pick<Operation, 'summary'> {
  /** Keys beside `text` or `texts`. */
  readonly request: Readonly<Record<string, JsonSchema>>;
  /** What is answered for a text, and an example of it. */
  readonly answer: Readonly<Record<string, JsonSchema>>;
  readonly example: object;
  /** Begins the names of types: `Embedding`. */
  readonly name: string;
}

/** POST /predict with `{"text"}`, or `{"texts"}` for several at once. */
export function textOperation(settings: TextSettings, { model }: Blueprint, of: TextOperation): Operation {
  const { name, version } = model;
  const told = settings.input.kind === 'tokens' ? READING : {};
  const each = { ...of.answer, ...told };
  const example = { ...of.example, ...(settings.input.kind === 'tokens' && { tokens: 6, truncated: false }) };
  const one = object(`${of.name}Response`, { ...each, model: modelInfo });
  const item = object(`${of.name}Result`, each);
  const results: JsonSchema = {
    description: 'One a text, in the order of the texts.',
    type: 'array',
    maxItems: settings.texts,
    items: item,
  };
  return predictOperation({
    summary: of.summary,
    description: `Takes one text, or up to ${settings.texts} at once.`,
    request: {
      description: 'A text, or a list of texts.',
      bytes: [],
      example: { text: 'A sentence to try.' },
      schema: either('PredictRequest', 'Body of POST /predict, and the event of a direct invoke.', [
        object('TextRequest', { text: { type: 'string' }, ...of.request }, ['text']),
        object(
          'TextsRequest',
          {
            texts: { type: 'array', minItems: 1, maxItems: settings.texts, items: { type: 'string' } },
            ...of.request,
          },
          ['texts'],
        ),
      ]),
    },
    answer: {
      description: 'For one text its answer, for a list of texts a list of answers',
      example: { ...example, model: { name, version } },
      schema: either('PredictResponse', undefined, [one, object(`${of.name}sResponse`, { results, model: modelInfo })]),
    },
  });
}

const READING: Readonly<Record<string, JsonSchema>> = {
  tokens: { description: 'How many tokens the model read, special ones included.', type: 'integer', minimum: 0 },
  truncated: { description: 'Whether the text had more tokens than the model reads.', type: 'boolean' },
};

function object(
  title: string,
  properties: ObjectSchema['properties'],
  required: readonly string[] = Object.keys(properties),
): ObjectSchema & { readonly title: string } {
  return { title, type: 'object', required, additionalProperties: false, properties };
}

function either(
  title: string,
  description: string | undefined,
  anyOf: AlternativesSchema['anyOf'],
): AlternativesSchema & { readonly title: string } {
  return { title, ...(description !== undefined && { description }), anyOf };
}
