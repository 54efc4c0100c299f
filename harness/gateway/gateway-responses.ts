import { isMapping, type Mapping } from '../template/values.ts';
import { lastOf, type GatewayResponse, type Headers } from './http.ts';

/** What API Gateway answers by itself: status, message and the name of the error, by its response type. */
const TYPES = {
  ACCESS_DENIED: [403, 'Access denied', 'AccessDeniedException'],
  BAD_REQUEST_BODY: [400, 'Invalid request body', 'BadRequestException'],
  BAD_REQUEST_PARAMETERS: [400, '', 'BadRequestException'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out', 'InternalServerErrorException'],
  INVALID_API_KEY: [403, 'Forbidden', 'ForbiddenException'],
  INVALID_SIGNATURE: [403, 'Authorization header is not a Signature Version 4', 'IncompleteSignatureException'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token', 'MissingAuthenticationTokenException'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long', 'RequestTooLargeException'],
  THROTTLED: [429, 'Too Many Requests', 'TooManyRequestsException'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'Unsupported Media Type', 'UnsupportedMediaTypeException'],
  DEFAULT_4XX: [400, 'Bad Request', 'BadRequestException'],
  DEFAULT_5XX: [500, 'Internal server error', 'InternalServerErrorException'],
} as const;

export type ResponseType = keyof typeof TYPES;

export interface Trouble {
  readonly type: ResponseType;
  /** Where the type's own does not fit, e.g. 502 of DEFAULT_5XX. */
  readonly status?: number;
  readonly message?: string;
  /** What is wrong with the body, for $context.error.validationErrorString. */
  readonly details?: string;
}

const TEMPLATE = '{"message":$context.error.messageString}';

/**
 * The answer to a request that does not reach the function, or whose answer can't be used: as `x-amazon-apigateway-gateway-responses` says,
 * else API Gateway's own.
 *
 * @param context values of $context by their path, e.g. `requestId`
 */
export function gatewayResponse(
  trouble: Trouble,
  custom: Mapping,
  requestHeaders: Headers,
  context: Mapping,
): GatewayResponse {
  const [ownStatus, ownMessage, errorType] = TYPES[trouble.type];
  const status = trouble.status ?? ownStatus;
  const general = status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
  const chosen = [custom[trouble.type], custom[general]].find(isMapping) ?? {};
  const message = trouble.message ?? ownMessage;
  const values: Mapping = {
    ...context,
    'error.message': message,
    'error.messageString': JSON.stringify(message),
    'error.responseType': trouble.type,
    'error.validationErrorString': trouble.details ?? '',
  };
  const templates = isMapping(chosen['responseTemplates']) ? chosen['responseTemplates'] : {};
  const [type = 'application/json', template = TEMPLATE] = Object.entries(templates)[0] ?? [];
  const body = String(template).replace(/\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g, (_, name: string) =>
    String(values[name] ?? ''),
  );
  const parameters = isMapping(chosen['responseParameters']) ? chosen['responseParameters'] : {};
  const given = Number(chosen['statusCode']);
  return {
    status: Number.isInteger(given) && given >= 100 ? given : status,
    headers: [
      ['Content-Type', type],
      ['x-amzn-ErrorType', errorType],
      ...headersFrom(parameters, requestHeaders, values),
    ],
    body: Buffer.from(body),
  };
}

/** `gatewayresponse.header.X: "'text'"`, or a header of the request, or a value of the context. */
function headersFrom(parameters: Mapping, requestHeaders: Headers, context: Mapping): [string, string][] {
  return Object.entries(parameters).flatMap(([target, source]): [string, string][] => {
    const [, name] = /^gatewayresponse\.header\.(.+)$/.exec(target) ?? [];
    const value = valueFrom(String(source), requestHeaders, context);
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
}

/** What a parameter mapping's right side stands for. */
export function valueFrom(source: string, requestHeaders: Headers, context: Mapping): string | undefined {
  const [, text] = /^'(.*)'$/s.exec(source) ?? [];
  if (text !== undefined) return text;
  const [, header] = /^method\.request\.header\.(.+)$/.exec(source) ?? [];
  if (header !== undefined) return lastOf(requestHeaders, header.toLowerCase());
  const [, name] = /^context\.(.+)$/.exec(source) ?? [];
  return name === undefined || context[name] === undefined ? undefined : String(context[name]);
}
