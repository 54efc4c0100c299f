import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { ServiceError } from './errors.ts';
import type { ErrorResponse } from './model.ts';
import type { Body } from './request.ts';

/** Which web page may read an answer. */
const ORIGIN = process.env['CORS_ORIGIN'] ?? '*';

/** A REST API's proxy event; test consoles and hand-written events leave things out. */
export type ApiEvent = { httpMethod: string } & Partial<APIGatewayProxyEvent>;

/** Tells it from the JSON of a direct invoke. */
export function isApiEvent(event: unknown): event is ApiEvent {
  return typeof event === 'object' && event !== null && 'httpMethod' in event && 'requestContext' in event;
}

/** `POST /predict`: the path as swagger.yaml has it, whatever a custom domain puts before it. */
export function routeOf({ httpMethod, resource, path = '' }: ApiEvent): string {
  return `${httpMethod} ${resource ?? path}`;
}

export function bodyOf({ headers, body, isBase64Encoded }: ApiEvent): Body {
  const [, contentType] = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  return { contentType, text: body ?? '', isBase64: isBase64Encoded ?? false };
}

export function reply(statusCode: number, body: object): APIGatewayProxyResult {
  const headers = { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': ORIGIN };
  return { statusCode, headers, body: JSON.stringify(body), isBase64Encoded: false };
}

/** Tells the client its own mistakes, and of ours nothing. */
export function replyTo(error: unknown): APIGatewayProxyResult {
  if (error instanceof ServiceError) {
    const { code, message, status } = error;
    return reply(status, { message, code } satisfies ErrorResponse);
  }
  return reply(500, { message: 'Internal server error', code: 'INTERNAL' } satisfies ErrorResponse);
}
