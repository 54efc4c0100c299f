import type { Json } from './openapi.ts';
import type { Operation } from './operation.ts';

export const allowOrigin = 'Access-Control-Allow-Origin';

/** Headers that a browser may send: the content's type, and what the three kinds of auth need. */
export const CORS_HEADERS = [
  'Authorization',
  'Content-Type',
  'X-Amz-Content-Sha256',
  'X-Amz-Date',
  'X-Amz-Security-Token',
  'X-Api-Key',
];

/** How long a browser may remember the answer, in seconds: two hours, the most that Chromium accepts. */
export const CORS_MAX_AGE = 7200;

/** The template's parameter `AllowOrigin` as API Gateway wants constants: in single quotes. */
export const originConstant = { 'Fn::Sub': "'${AllowOrigin}'" };

/**
 * The OPTIONS method of a route: API Gateway answers a browser's preflight itself. It can't ask for credentials, since browsers send none.
 */
export function preflight({ method, operationId }: Operation): Json {
  const constants: Readonly<Record<string, Json | string>> = {
    [allowOrigin]: originConstant,
    'Access-Control-Allow-Methods': `'OPTIONS,${method}'`,
    'Access-Control-Allow-Headers': `'${CORS_HEADERS.join(',')}'`,
    'Access-Control-Max-Age': `'${CORS_MAX_AGE}'`,
  };
  const names = Object.keys(constants);
  const mapped = Object.entries(constants).map(([name, value]) => [`method.response.header.${name}`, value]);
  return {
    summary: 'CORS preflight',
    tags: ['cors'],
    operationId: `preflight${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}`,
    security: [],
    responses: {
      '204': {
        description: 'What a browser may send',
        headers: Object.fromEntries(names.map((name) => [name, { schema: { type: 'string' } }])),
      },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      passthroughBehavior: 'when_no_match',
      // Without it, a preflight whose type is among the binary ones ends as 500.
      contentHandling: 'CONVERT_TO_TEXT',
      requestTemplates: { 'application/json': '{"statusCode": 204}' },
      responses: { default: { statusCode: '204', responseParameters: Object.fromEntries(mapped) as Json } },
    },
  };
}
