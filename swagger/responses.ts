import { allowOrigin } from './cors.ts';
import type { Json } from './openapi.ts';
import type { Operation } from './operation.ts';

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
  406: { description: 'The answer can not be what Accept asks for.', code: 'NOT_ACCEPTABLE', message: 'The answer can be image/png' },
  413: { description: 'The body is too large, or what it holds is.', code: 'REQUEST_TOO_LARGE', message: 'Request Too Long' },
  415: { description: 'A content type, or content, that is not taken.', code: 'UNSUPPORTED_CONTENT_TYPE', message: 'Expected Content-Type application/json' },
  422: { description: 'What was sent is understood and does not fit the model, or can not be decoded.', code: 'INPUT_MISMATCH', message: 'What was sent does not fit the model' },
  429: { description: 'Too many requests: try again later.', code: 'THROTTLED', message: 'Too Many Requests' },
  500: { description: 'The function failed.', code: 'INTERNAL', message: 'Internal server error' },
  502: { description: 'The function crashed, or its answer can not be passed on.', code: 'DEFAULT_5XX', message: 'Internal server error' },
  503: { description: 'Where data is fetched from, or where answers go, does not answer: try again later.', code: 'STORE_UNAVAILABLE', message: 'S3 does not answer as it should' },
  504: { description: 'No answer within 29 seconds.', code: 'INTEGRATION_TIMEOUT', message: 'Endpoint request timed out' },
} as const satisfies Record<number, StatusRow>;

export type ErrorStatus = keyof typeof STATUSES;

/** What a request comes by: a REST API, whose own errors look like the function's, or what has its own words. */
export type Way = 'rest-api' | 'other';

/** What any route can answer. */
const ANYWHERE: readonly ErrorStatus[] = [403, 429, 500, 502, 504];

/** What AWS answers in its own words where the way in is no REST API. */
const OF_AWS: Readonly<Partial<Record<ErrorStatus, string>>> = {
  403: 'No or wrong credentials.',
  429: 'Too many requests: try again later.',
  502: 'The function crashed, or its answer can not be passed on.',
  504: 'No answer in time.',
};

/** What a route with a body can answer besides. */
const WITH_BODY: readonly ErrorStatus[] = [400, 413, 415, 422];

/** What a route whose answer may be bytes can answer besides. */
const WITH_BYTES: readonly ErrorStatus[] = [406];

/** What a route that others have a part in can answer besides. */
const WITH_OTHERS: readonly ErrorStatus[] = [503];

/** OpenAPI's `responses` of an operation: the good answer, and every way to fail. */
export function responses({ request, answer: good }: Pick<Operation, 'request' | 'answer'>, way: Way): Json {
  const statuses = [
    ...ANYWHERE,
    ...(request ? WITH_BODY : []),
    ...(request?.relies ? WITH_OTHERS : []),
    ...(good.bytes ? WITH_BYTES : []),
  ];
  const failures = statuses.sort().map((status) => {
    const { description, code, message } = STATUSES[status];
    const own = way === 'other' ? OF_AWS[status] : undefined;
    const failure =
      own === undefined ? response(description, json('ErrorResponse', { message, code })) : { description: own };
    return [String(status), failure] as const;
  });
  const bytes = (good.bytes ?? []).map((type) => [type, { schema: { type: 'string', format: 'binary' } }] as const);
  const content = { ...Object.fromEntries(bytes), ...json(good.schema.title, good.example) };
  return { '200': response(good.description, content), ...Object.fromEntries(failures) };
}

function response(description: string, content: Json): Json {
  return { description, headers: { [allowOrigin]: { schema: { type: 'string' } } }, content };
}

const json = (title: string, example: object): Json => ({
  'application/json': { schema: { $ref: `#/components/schemas/${title}` }, example },
});
