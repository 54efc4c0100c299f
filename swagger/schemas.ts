import type { Operation } from './operation.ts';

/**
 * The part of JSON Schema that API Gateway (draft 4), OpenAPI 3.0 and JavaScript validators read alike. Anonymous schemas are
 * written out in place, so that swagger.yaml's components and the constants of src/model.ts are the same objects.
 * `title` names the TypeScript type.
 */
export type JsonSchema =
  | ObjectSchema
  | ArraySchema
  | StringSchema
  | NumberSchema
  | BooleanSchema
  | AlternativesSchema
  | NullSchema
  | AnySchema;

interface Annotations {
  readonly title?: string;
  readonly description?: string;
}

export interface ObjectSchema extends Annotations {
  readonly type: 'object';
  /** Draft 4 has no empty list here. */
  readonly required?: readonly string[];
  /** A schema: keys that are not known beforehand, whose values are all of one kind. */
  readonly additionalProperties: boolean | JsonSchema;
  readonly properties: Readonly<Record<string, JsonSchema>>;
}

export interface ArraySchema extends Annotations {
  readonly type: 'array';
  readonly minItems?: number;
  readonly maxItems: number;
  readonly items: JsonSchema;
}

export interface StringSchema extends Annotations {
  readonly type: 'string';
  readonly enum?: readonly string[];
  readonly format?: 'byte' | 'binary';
  readonly minLength?: number;
  readonly pattern?: string;
}

export interface NumberSchema extends Annotations {
  readonly type: 'integer' | 'number';
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface BooleanSchema extends Annotations {
  readonly type: 'boolean';
}

/** One of several; with a title a type of its own. */
export interface AlternativesSchema extends Annotations {
  readonly type?: undefined;
  readonly anyOf: readonly JsonSchema[];
}

/** Draft 4 has a type for it and OpenAPI 3.0 has not; both have this. */
export interface NullSchema extends Annotations {
  readonly type?: undefined;
  readonly anyOf?: undefined;
  readonly enum: readonly [null];
}

/** Any JSON value. */
export interface AnySchema extends Annotations {
  readonly type?: undefined;
  readonly anyOf?: undefined;
  readonly enum?: undefined;
}

/** What becomes a model in swagger.yaml and a type in src/model.ts: an object, a list, or one of several. */
export type NamedSchema = (ObjectSchema | ArraySchema | AlternativesSchema) & { readonly title: string };

/** The API's bodies by the key that src/model.ts uses; the title is the name of the model in swagger.yaml. */
export interface ApiSchemas {
  /** Absent where there is no POST /predict. */
  readonly predictRequest?: NamedSchema;
  readonly predictResponse?: NamedSchema;
  readonly health: NamedSchema;
  readonly error: NamedSchema;
}

/** Which model answered. */
export const modelInfo: ObjectSchema = {
  title: 'ModelInfo',
  type: 'object',
  required: ['name', 'version'],
  additionalProperties: false,
  properties: { name: { type: 'string' }, version: { type: 'string' } },
};

export const health: NamedSchema = {
  title: 'HealthResponse',
  type: 'object',
  required: ['status', 'model'],
  additionalProperties: false,
  properties: { status: { type: 'string', enum: ['ok'] }, model: modelInfo },
};

export const error: NamedSchema = {
  title: 'ErrorResponse',
  description: 'What every refusal and failure is answered with, by the function and by API Gateway.',
  type: 'object',
  required: ['message', 'code'],
  additionalProperties: false,
  properties: {
    message: { description: 'For people: may change.', type: 'string' },
    code: { description: 'For programs: does not change.', type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
    error: { description: 'The message again, where the Open Inference Protocol wants it.', type: 'string' },
  },
};

/** The schemas that the function itself checks and that its types come from. @param predict POST /predict, where there is one */
export function apiSchemas(predict: Operation | undefined): ApiSchemas {
  return {
    ...(predict?.request && { predictRequest: predict.request.schema, predictResponse: predict.answer.schema }),
    error,
    health,
  };
}
