import type { APIGatewayProxyEvent } from 'aws-lambda';
import { filledIn, type HttpRequest } from '../../http.ts';
import { isFields } from '../trigger.ts';

/** A REST API's proxy event (payload version 1.0); test consoles and hand-written events leave things out. */
export type RestEvent = { httpMethod: string } & Partial<APIGatewayProxyEvent>;

/** Tells it from the JSON of a direct invoke. */
export const isRestEvent = (event: unknown): event is RestEvent =>
  isFields(event) && 'httpMethod' in event && 'requestContext' in event;

export function readRestEvent(event: RestEvent): HttpRequest {
  return {
    method: event.httpMethod,
    path: pathOf(event),
    headers: event.headers ?? {},
    body: event.body ?? '',
    isBase64: event.isBase64Encoded ?? false,
  };
}

/** `/predict`: the path as swagger.yaml has it with its parameters filled in, whatever a custom domain puts before it. */
function pathOf({ resource, path = '', pathParameters }: RestEvent): string {
  return resource === undefined ? path : filledIn(resource, pathParameters);
}
