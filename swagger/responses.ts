import { allowOrigin } from './cors.ts';
import type { Json } from './openapi.ts';

interface StatusRow {
  readonly description: string;
  readonly code: string;
  readonly message: string;
}

/** Every status but 200 that a client can meet, with one code out of those that come with it. */
// prettier-ignore
const STATUSES = {
  400: { description: 'No valid JSON, a field that is missing, unknown or of the wrong type, or no valid base64.', code: 'BAD_REQUEST_BODY', message: 'Invalid request body' },
  403: { description: 'No or wrong credentials, or no such route.', code: 'MISSING_AUTHENTICATION_TOKEN', message: 'Missing Authentication Token' },
  413: { description: 'The body is too large, or what it holds is.', code: 'REQUEST_TOO_LARGE', message: 'Request Too Long' },
  415: { description: 'A content type, or content, that is not taken.', code: 'UNSUPPORTED_CONTENT_TYPE', message: 'Expected Content-Type application/json' },
  422: { description: 'What was sent is understood and does not fit the model, or can not be decoded.', code: 'INPUT_MISMATCH', message: 'What was sent does not fit the model' },
  429: { description: 'Too many requests: try again later.', code: 'THROTTLED', message: 'Too Many Requests' },
  500: { description: 'The function failed.', code: 'INTERNAL', message: 'Internal server error' },
  502: { description: 'The function crashed, or its answer can not be passed on.', code: 'DEFAULT_5XX', message: 'Internal server error' },
  504: { description: 'No answer within 29 seconds.', code: 'INTEGRATION_TIMEOUT', message: 'Endpoint request timed out' },
} as const satisfies Record<number, StatusRow>;

export type ErrorStatus = keyof typeof STATUSES;

/** What any route can answer. */
const ANYWHERE: readonly ErrorStatus[] = [403, 429, 500, 502, 504];

/** What a route with a body can answer besides. */
const WITH_BODY: readonly ErrorStatus[] = [400, 413, 415, 422];

/** OpenAPI's `responses` of an operation: the good answer, and every way to fail. */
export function responses(
  kind: 'with-body' | 'without-body',
  title: string,
  description: string,
  example: object,
): Json {
  const statuses = kind === 'with-body' ? [...ANYWHERE, ...WITH_BODY] : ANYWHERE;
  const failures = [...statuses].sort().map((status) => {
    const { description, code, message } = STATUSES[status];
    return [String(status), answer(description, 'ErrorResponse', { message, code })] as const;
  });
  return { '200': answer(description, title, example), ...Object.fromEntries(failures) };
}

function answer(description: string, title: string, example: object): Json {
  return {
    description,
    headers: { [allowOrigin]: { schema: { type: 'string' } } },
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${title}` }, example } },
  };
}
