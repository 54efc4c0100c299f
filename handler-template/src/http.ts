import type { APIGatewayProxyResult } from 'aws-lambda';
import { ServiceError } from './errors.ts';
import { stringify } from './exact.ts';
import { asBase64, checkResponseSize } from './limits.ts';
import type { ErrorResponse } from './model.ts';
import { isProtocolPath } from './protocol/routes.ts';
import type { Body } from './request.ts';
import type { Answer } from './task-types.ts';

/** A request over HTTP, whatever brought it. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly isBase64: boolean;
}

export function bodyOf({ headers, body, isBase64 }: HttpRequest): Body {
  return { contentType: headerOf(headers, 'content-type'), text: body, isBase64 };
}

/** What the client takes; a header that is empty says nothing. */
export function acceptOf({ headers }: HttpRequest): string | undefined {
  return headerOf(headers, 'accept') || undefined;
}

function headerOf(headers: HttpRequest['headers'], wanted: string): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

/** Values in the place of a path's parameters: `/models/{name}`, `/{proxy+}`. */
export function filledIn(path: string, values: Readonly<Record<string, string | undefined>> | null = {}): string {
  return path.replace(/\{(\w+)\+?\}/g, (whole, name: string) => values?.[name] ?? whole);
}

/** An answer over HTTP, of either version of the payload. */
export type HttpResult = Required<Pick<APIGatewayProxyResult, 'statusCode' | 'body' | 'isBase64Encoded'>> & {
  readonly headers: Readonly<Record<string, string>>;
};

/** @throws ServiceError RESPONSE_TOO_LARGE */
export function reply(answer: Answer): HttpResult {
  const result =
    answer.kind === 'json'
      ? respond(200, 'application/json', stringify(answer.body), false)
      : respond(200, answer.contentType, asBase64(answer.bytes), true);
  checkResponseSize(result, result.body);
  return result;
}

/**
 * Tells the client its own mistakes, and of ours nothing.
 *
 * @param path what was asked for: the Open Inference Protocol wants the message as `error` too
 */
export function replyTo(error: unknown, path: string): HttpResult {
  const refuse = isProtocolPath(path) ? refuseAsProtocol : refuseAsApi;
  if (error instanceof ServiceError) {
    const { code, message, status } = error;
    return refuse(status, { message, code });
  }
  return refuse(500, { message: 'Internal server error', code: 'INTERNAL' });
}

function refuseAsApi(status: number, body: ErrorResponse): HttpResult {
  return respond(status, 'application/json', JSON.stringify(body), false);
}

function refuseAsProtocol(status: number, body: ErrorResponse): HttpResult {
  return respond(status, 'application/json', JSON.stringify({ ...body, error: body.message }), false);
}

function respond(statusCode: number, type: string, body: string, isBase64Encoded: boolean): HttpResult {
  return { statusCode, headers: { 'Content-Type': type }, body, isBase64Encoded };
}
