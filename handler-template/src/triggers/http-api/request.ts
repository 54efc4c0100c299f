import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { filledIn, type HttpRequest } from '../../http.ts';
import { isFields } from '../trigger.ts';

type Whole = APIGatewayProxyEventV2['requestContext'];

/** An event of payload version 2.0: an HTTP API's or a function URL's; those that people write leave things out. */
export type HttpEvent = Partial<Omit<APIGatewayProxyEventV2, 'requestContext'>> & {
  readonly requestContext: Partial<Whole> & Pick<Whole, 'http'>;
};

const isHttpEvent = (event: unknown): event is HttpEvent =>
  isFields(event) && isFields(event['requestContext']) && isFields(event['requestContext']['http']);

/** Function URLs send the same, but for the host that was called. */
export const isUrlEvent = (event: unknown): event is HttpEvent =>
  isHttpEvent(event) && /\.lambda-url\./.test(String(event.requestContext.domainName));

export const isHttpApiEvent = (event: unknown): event is HttpEvent => isHttpEvent(event) && !isUrlEvent(event);

export function readHttpEvent(event: HttpEvent): HttpRequest {
  return {
    method: event.requestContext.http.method,
    path: pathOf(event),
    headers: event.headers ?? {},
    body: event.body ?? '',
    isBase64: event.isBase64Encoded ?? false,
  };
}

/** `/predict`: the path of the route that was taken; where any path is taken, the one that was called, without its stage. */
function pathOf({ routeKey = '', rawPath = '', pathParameters, requestContext }: HttpEvent): string {
  const [, route] = / (\/.*)$/.exec(routeKey) ?? [];
  if (route !== undefined) return filledIn(route, pathParameters);
  const prefix = `/${requestContext.stage}/`;
  return rawPath.startsWith(prefix) ? rawPath.slice(prefix.length - 1) : rawPath;
}
