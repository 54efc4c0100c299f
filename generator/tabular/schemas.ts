import type { Blueprint } from '../blueprint.ts';
import type { TensorSpec } from '../model/spec.ts';
import type { Operation } from '../../swagger/operation.ts';
import { predictOperation, predictResponse } from '../tasks/predict-operation.ts';
import {
  modelInfo,
  type ArraySchema,
  type JsonSchema,
  type NamedSchema,
  type ObjectSchema,
} from '../../swagger/schemas.ts';
import { featuresOf, type Columns } from './columns.ts';

/** More rows than this are no request any more: their answer is too large for most models. */
const MOST_ROWS = 10_000;

const whole = (minimum: number, maximum: number): JsonSchema => ({ type: 'integer', minimum, maximum });
const OF_TYPE: Readonly<Partial<Record<TensorSpec['elementType'], JsonSchema>>> = {
  string: { type: 'string' },
  bool: { type: 'boolean' },
  int8: whole(-128, 127),
  uint8: whole(0, 255),
  int16: whole(-32_768, 32_767),
  uint16: whole(0, 65_535),
  int32: whole(-(2 ** 31), 2 ** 31 - 1),
  uint32: whole(0, 2 ** 32 - 1),
  // Beyond, JSON's numbers are rounded.
  int64: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  uint64: whole(0, Number.MAX_SAFE_INTEGER),
};
const NUMBER: JsonSchema = { type: 'number' };
// The number comes last: what is said of neither is said of it.
const NUMBER_OR_NULL: JsonSchema = { anyOf: [{ enum: [null] }, NUMBER] };

type Rows = Pick<Columns, 'inputs' | 'missing'>;

/** A feature's value, for each feature in the order of the columns. */
function valueSchemas({ inputs, missing }: Rows, { model }: Blueprint): readonly JsonSchema[] {
  return inputs.flatMap(({ input, features }) => {
    const type = model.inputs.find(({ name }) => name === input)?.elementType ?? 'float32';
    return features.map(() => OF_TYPE[type] ?? (missing ? NUMBER_OR_NULL : NUMBER));
  });
}

/** How many rows a request may have: where the model takes so many at a time and no more, these. */
export function mostRows({ inputs }: Pick<Blueprint['model'], 'inputs'>): number {
  const [batch] = inputs[0]?.dims ?? [];
  return typeof batch === 'number' ? batch : MOST_ROWS;
}

/** One row, several rows, or values alone: whatever fits the request best is checked. */
function requestSchema(rows: Rows, blueprint: Blueprint): NamedSchema {
  const features = featuresOf(rows);
  const values = valueSchemas(rows, blueprint);
  const most = mostRows(blueprint.model);
  const row: ObjectSchema = {
    title: 'Row',
    description: 'A value for each feature.',
    type: 'object',
    required: features,
    additionalProperties: false,
    properties: Object.fromEntries(features.map((feature, i) => [feature, values[i] ?? NUMBER])),
  };
  const compact: ArraySchema = {
    type: 'array',
    minItems: features.length,
    maxItems: features.length,
    items: oneOf(values),
  };
  const forms: Readonly<Record<string, ObjectSchema>> = {
    instances: form('Rows', 'instances', {
      description: 'Several rows.',
      type: 'array',
      minItems: 1,
      maxItems: most,
      items: row,
    }),
    input_X: form('CompactRows', 'input_X', {
      description: `Values in the order of the features: ${features.slice(0, 20).join(', ')}${features.length > 20 ? ' …' : ''}. A list of rows, or one row.`,
      anyOf: [compact, { type: 'array', minItems: 1, maxItems: most, items: compact }],
    }),
  };
  const own = Object.entries(forms).filter(([key]) => !features.includes(key));
  return {
    title: 'PredictRequest',
    description: 'Body of POST /predict as JSON, and the event of a direct invoke.',
    anyOf: [row, ...own.map(([, schema]) => schema)],
  };
}

const form = (title: string, key: string, value: JsonSchema): ObjectSchema => ({
  title,
  type: 'object',
  required: [key],
  additionalProperties: false,
  properties: { [key]: value },
});

/** Values of one kind, or of several, each once. */
function oneOf(schemas: readonly JsonSchema[]): JsonSchema {
  const single = schemas.flatMap((schema) => ('anyOf' in schema && schema.anyOf ? schema.anyOf : [schema]));
  const kinds = [...new Map(single.map((schema) => [JSON.stringify(schema), schema])).values()];
  const [only, ...others] = kinds;
  return only && others.length === 0 ? only : { anyOf: kinds };
}

export interface RowsOperation {
  readonly summary: string;
  readonly description: string;
  /** What is told of a row. */
  readonly prediction: ObjectSchema & { readonly title: string };
  /** One such answer, for the documentation. */
  readonly example: object;
}

/** POST /predict of a task on tables. */
export function rowsOperation(
  rows: Rows,
  blueprint: Blueprint,
  { summary, description, prediction, example }: RowsOperation,
): Operation {
  const { name, version } = blueprint.model;
  const schema = requestSchema(rows, blueprint);
  return predictOperation({
    summary,
    description,
    request: {
      description: 'A row, {"instances": [row, …]}, or {"input_X": [[value, …], …]}.',
      bytes: [],
      example: exampleRow(rows, blueprint),
      schema,
    },
    answer: {
      description: 'What the model says of each row, in their order',
      example: { predictions: [example], model: { name, version } },
      schema: predictResponse({
        predictions: {
          description: 'One for each row.',
          type: 'array',
          maxItems: mostRows(blueprint.model),
          items: prediction,
        },
        model: modelInfo,
      }),
    },
  });
}

/** Zeros: documentation only. */
function exampleRow(rows: Rows, blueprint: Blueprint): object {
  const values = valueSchemas(rows, blueprint).map(({ type }) =>
    type === 'string' ? '' : type === 'boolean' ? false : 0,
  );
  return Object.fromEntries(featuresOf(rows).map((feature, i) => [feature, values[i]]));
}
