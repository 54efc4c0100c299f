import type { Auth, Blueprint } from '../generator/blueprint.ts';
import { preflight } from './cors.ts';
import { answerExamples, predictRequestExample } from './examples.ts';
import { documentExtensions, integration, PICTURE_TYPES } from './gateway.ts';
import { responses } from './responses.ts';
import { apiSchemas } from './schemas.ts';
import { requirement, SECURITY } from './security.ts';

export interface Json {
  readonly [key: string]: unknown;
}

export interface OpenApiDocument extends Json {
  readonly openapi: '3.0.1';
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Json>>;
}

/** Of documentation only: API Gateway gives the real one. */
const servers = [
  {
    url: 'https://{api}.execute-api.{region}.amazonaws.com/{stage}',
    variables: {
      api: { default: 'api', description: 'Id of the API' },
      region: { default: 'us-east-1' },
      stage: { default: 'prod', enum: ['dev', 'stage', 'prod'] },
    },
  },
];

/**
 * The API as OpenAPI 3.0.1 with API Gateway's extensions: what template.yaml includes and deploys. Functions of CloudFormation stand
 * in their long form and only inside extensions, so that it stays a valid document for other tools.
 *
 * @param auth who may call; that of prod where it is left out
 */
export function openApi(blueprint: Blueprint, auth: Auth = blueprint.stages.prod.auth): OpenApiDocument {
  const schemas = Object.values(apiSchemas(blueprint));
  const { schemes, extensions } = SECURITY[auth];
  return {
    openapi: '3.0.1',
    info: {
      title: blueprint.name,
      ...(blueprint.description && { description: blueprint.description }),
      version: blueprint.model.version,
    },
    servers,
    tags: [
      { name: 'inference', description: 'What the model says of a picture' },
      { name: 'operations', description: 'Whether the service answers' },
      { name: 'cors', description: 'What browsers ask before they call' },
    ],
    ...requirement(auth),
    paths: {
      '/predict': { post: predict(blueprint, auth), options: preflight('POST') },
      '/health': { get: health(blueprint, auth), options: preflight('GET') },
    },
    components: {
      schemas: Object.fromEntries(schemas.map((schema) => [schema.title, schema])),
      ...(auth !== 'none' && { securitySchemes: schemes }),
    },
    ...documentExtensions,
    ...extensions,
  };
}

function predict(blueprint: Blueprint, auth: Auth): Json {
  const { predict: example } = answerExamples(blueprint);
  return {
    summary: 'Classify a picture',
    description: 'Takes the picture as bytes, or as base64 in JSON. Answers with the classes that fit best.',
    tags: ['inference'],
    operationId: 'predict',
    ...requirement(auth),
    requestBody: {
      description: 'The picture: its bytes, or JSON with its base64.',
      required: true,
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/PredictRequest' },
          example: predictRequestExample,
        },
        // No schema: API Gateway would check bytes against it as if they were JSON and refuse them all.
        ...Object.fromEntries(PICTURE_TYPES.map((type) => [type, {}])),
      },
    },
    responses: responses('with-body', 'PredictResponse', 'The classes that fit best, best first', example),
    'x-amazon-apigateway-integration': integration,
  };
}

function health(blueprint: Blueprint, auth: Auth): Json {
  const { health: example } = answerExamples(blueprint);
  return {
    summary: 'Whether the model is loaded',
    tags: ['operations'],
    operationId: 'health',
    ...requirement(auth),
    responses: responses('without-body', 'HealthResponse', 'The model is loaded', example),
    'x-amazon-apigateway-integration': integration,
  };
}
