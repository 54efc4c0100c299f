import type { Auth } from '../generator/blueprint.ts';
import type { Json } from './openapi.ts';

interface Security {
  /** OpenAPI's name of the scheme, and the scheme. */
  readonly schemes: Readonly<Record<string, Json>>;
  readonly extensions: Json;
}

/** How each kind of auth is said to API Gateway. */
export const SECURITY: Readonly<Record<Auth, Security>> = {
  iam: {
    schemes: {
      sigv4: {
        description: "AWS Signature Version 4; the caller's role needs execute-api:Invoke.",
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      },
    },
    extensions: {},
  },
  'api-key': {
    schemes: {
      apiKey: {
        description: "A key of the stage's usage plan.",
        type: 'apiKey',
        name: 'x-api-key',
        in: 'header',
      },
    },
    extensions: { 'x-amazon-apigateway-api-key-source': 'HEADER' },
  },
  none: { schemes: {}, extensions: {} },
};

/** OpenAPI's `security` of the document and, since API Gateway reads it only there, of every operation. */
export function requirement(auth: Auth): Json {
  const names = Object.keys(SECURITY[auth].schemes);
  return names.length === 0 ? {} : { security: names.map((name) => ({ [name]: [] })) };
}
