import type { Blueprint } from '../generator/blueprint.ts';

/**
 * The part of JSON Schema that API Gateway (draft 4), OpenAPI 3.0 and JavaScript validators read alike. Anonymous schemas are
 * written out in place, so that swagger.yaml's components and the constants of src/model.ts are the same objects.
 * `title` names the TypeScript type.
 */
export type JsonSchema = ObjectSchema | ArraySchema | StringSchema | NumberSchema;

interface Annotations {
  readonly title?: string;
  readonly description?: string;
}

export interface ObjectSchema extends Annotations {
  readonly type: 'object';
  readonly required: readonly string[];
  readonly additionalProperties: boolean;
  readonly properties: Readonly<Record<string, JsonSchema>>;
}

export interface ArraySchema extends Annotations {
  readonly type: 'array';
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

/** An object that becomes a model in swagger.yaml and an interface in src/model.ts. */
export type NamedSchema = ObjectSchema & { readonly title: string };

/** The API's bodies by the key that src/model.ts uses; the title is the name of the model in swagger.yaml. */
export interface ApiSchemas {
  readonly predictRequest: NamedSchema;
  readonly predictResponse: NamedSchema;
  readonly health: NamedSchema;
  readonly error: NamedSchema;
}

const modelInfo: ObjectSchema = {
  title: 'ModelInfo',
  type: 'object',
  required: ['name', 'version'],
  additionalProperties: false,
  properties: { name: { type: 'string' }, version: { type: 'string' } },
};

const health: NamedSchema = {
  title: 'HealthResponse',
  type: 'object',
  required: ['status', 'model'],
  additionalProperties: false,
  properties: { status: { type: 'string', enum: ['ok'] }, model: modelInfo },
};

const error: NamedSchema = {
  title: 'ErrorResponse',
  description: 'What every refusal and failure is answered with, by the function and by API Gateway.',
  type: 'object',
  required: ['message', 'code'],
  additionalProperties: false,
  properties: {
    message: { description: 'For people: may change.', type: 'string' },
    code: { description: 'For programs: does not change.', type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
  },
};

const prediction: ObjectSchema = {
  title: 'Prediction',
  type: 'object',
  required: ['className', 'probability'],
  additionalProperties: false,
  properties: {
    className: { type: 'string' },
    probability: { type: 'number', minimum: 0, maximum: 1 },
  },
};

/**
 * The schemas of the API that a blueprint describes.
 *
 * `image` has no pattern and no maxLength on purpose: API Gateway matches patterns over megabytes by backtracking, and a body that is
 * too large is 413, not the 400 of a validator. That it is base64 and a picture is the function's to check.
 */
export function apiSchemas({ task }: Blueprint): ApiSchemas {
  return {
    predictRequest: {
      title: 'PredictRequest',
      description: 'Body of POST /predict as JSON, and the event of a direct invoke.',
      type: 'object',
      required: ['image'],
      additionalProperties: false,
      properties: {
        image: {
          description: 'The picture (JPEG, PNG or WebP) as base64.',
          type: 'string',
          format: 'byte',
          minLength: 1,
        },
        top: {
          description: `How many predictions to answer, ${Math.min(task.top, task.classes)} where it is left out.`,
          type: 'integer',
          minimum: 1,
          maximum: task.classes,
        },
      },
    },
    predictResponse: {
      title: 'PredictResponse',
      type: 'object',
      required: ['predictions', 'model'],
      additionalProperties: false,
      properties: {
        predictions: { description: 'Best first.', type: 'array', maxItems: task.classes, items: prediction },
        model: modelInfo,
      },
    },
    error,
    health,
  };
}
