import type { Auth, Blueprint } from '../generator/blueprint.ts';
import { preflight } from './cors.ts';
import { documentExtensions, integration } from './gateway.ts';
import { healthOperation } from './health.ts';
import type { Operation } from './operation.ts';
import { protocolOperations } from './protocol.ts';
import { responses, type Way } from './responses.ts';
import { error, type NamedSchema } from './schemas.ts';
import { requirement, SECURITY } from './security.ts';
import { serversOf } from './servers.ts';

export interface Json {
  readonly [key: string]: unknown;
}

export interface OpenApiDocument extends Json {
  readonly openapi: '3.0.1';
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Json>>;
}

/** All routes of a project: its task's, the protocol's, and whether it is healthy. */
export function operationsOf(blueprint: Blueprint, predict: Operation | undefined): readonly Operation[] {
  const inference = [...(predict ? [predict] : []), ...(blueprint.protocol ? protocolOperations(blueprint) : [])];
  return [...(blueprint.outputs.length > 0 ? inference.map(relying) : inference), healthOperation(blueprint)];
}

/** With answers that are delivered before they are given. */
const relying = ({ request, ...operation }: Operation): Operation => ({
  ...operation,
  ...(request && { request: { ...request, relies: true } }),
});

/**
 * The API as OpenAPI 3.0.1. That of a REST API has API Gateway's extensions and is what template.yaml includes and deploys: functions of
 * CloudFormation stand in their long form and only inside extensions, so that it stays a valid document for other tools. Other ways in take no
 * document, or none with schemas: theirs is for people and tools alone.
 *
 * @param predict POST /predict, where there is one
 * @param auth who may call; that of prod where it is left out
 */
export function openApi(
  blueprint: Blueprint,
  predict: Operation | undefined,
  auth: Auth = blueprint.stages.prod.auth,
): OpenApiDocument {
  const operations = operationsOf(blueprint, predict);
  const { schemes, extensions } = SECURITY[auth];
  const deployed = hasRestApi(blueprint);
  const describe = deployed ? deployedPath : documentedPath;
  return {
    openapi: '3.0.1',
    info: {
      title: blueprint.name,
      ...(blueprint.description && { description: blueprint.description }),
      version: blueprint.model.version,
    },
    servers: serversOf(blueprint),
    tags: [
      { name: 'inference', description: 'What the model says' },
      { name: 'operations', description: 'Whether the service answers, and what it serves' },
      ...(deployed ? [{ name: 'cors', description: 'What browsers ask before they call' }] : []),
    ],
    ...requirement(auth),
    paths: Object.fromEntries(operations.map((operation) => [operation.path, describe(operation, auth)])),
    components: {
      schemas: Object.fromEntries(schemasOf(operations).map((schema) => [schema.title, schema])),
      ...(auth !== 'none' && { securitySchemes: schemes }),
    },
    ...(deployed && { ...documentExtensions(binaryTypes(operations)), ...extensions }),
  };
}

const hasRestApi = ({ triggers }: Blueprint): boolean => triggers.some(({ kind }) => kind === 'rest-api');

const deployedPath = (operation: Operation, auth: Auth): Json => ({
  [operation.method.toLowerCase()]: {
    ...described(operation, auth, 'rest-api'),
    'x-amazon-apigateway-integration': integration,
  },
  options: preflight(operation),
});

const documentedPath = (operation: Operation, auth: Auth): Json => ({
  [operation.method.toLowerCase()]: described(operation, auth, 'other'),
});

/**
 * Which content types are bytes for API Gateway. Of an answer it looks at the first type that Accept names, and most clients name any:
 * where bytes are answered, all types have to be binary, JSON too (the function takes it as base64 then).
 */
function binaryTypes(operations: readonly Operation[]): readonly string[] {
  if (operations.some(({ answer }) => answer.bytes !== undefined)) return ['*/*'];
  return [...new Set(operations.flatMap(({ request }) => request?.bytes ?? []))];
}

const schemasOf = (operations: readonly Operation[]): readonly NamedSchema[] => [
  ...operations.flatMap(({ request, answer }) => (request ? [request.schema, answer.schema] : [answer.schema])),
  error,
];

function described(operation: Operation, auth: Auth, way: Way): Json {
  const { summary, description, tag, operationId, request, answer } = operation;
  const reference = (title: string): Json => ({ $ref: `#/components/schemas/${title}` });
  return {
    summary,
    ...(description && { description }),
    tags: [tag],
    operationId,
    ...requirement(auth),
    ...(request && {
      requestBody: {
        description: request.description,
        required: true,
        content: {
          'application/json': { schema: reference(request.schema.title), example: request.example },
          // No schema: API Gateway would check bytes against it as if they were JSON and refuse them all.
          ...Object.fromEntries(request.bytes.map((type) => [type, {}])),
        },
      },
    }),
    responses: responses({ ...(request && { request }), answer }, way),
  };
}
