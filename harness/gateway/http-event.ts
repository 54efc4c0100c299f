import { ACCOUNT } from '../template/scope.ts';
import { lastOf, mediaType, valuesOf, type GatewayRequest } from './http.ts';
import { commonLogTime, queryOf, withForwarded, type RequestIds } from './proxy-event.ts';

export interface HttpEventSettings {
  readonly domainName: string;
  readonly stageName: string;
  /** `POST /predict`, `$default` */
  readonly routeKey: string;
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Types whose bytes reach the function as text; all others, and bytes of no type, as base64. */
const TEXT = /^(text\/.*|application\/(.+\+)?(json|xml)|application\/javascript)$/;

const isText = (request: GatewayRequest): boolean =>
  TEXT.test(mediaType(lastOf(request.headers, 'content-type') ?? ''));

/** Several values of a name stand with commas between them. */
function joined(pairs: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const all = new Map<string, string>();
  for (const [name, value] of pairs) all.set(name, all.has(name) ? `${all.get(name)},${value}` : value);
  return Object.fromEntries(all);
}

/** What an HTTP API or a function URL hands to the function (payload format 2.0): what there is none of is left out. */
export function httpEvent(request: GatewayRequest, ids: RequestIds, settings: HttpEventSettings): object {
  const { method, target, body, protocol, sourceIp } = request;
  const { domainName, stageName, routeKey, path, pathParameters } = settings;
  const headers = withForwarded(request, ids).map(([name, value]) => [name.toLowerCase(), value] as const);
  const cookies = valuesOf(request.headers, 'cookie')
    .flatMap((line) => line.split(/;\s*/))
    .filter(Boolean);
  const query = queryOf(target);
  const isBase64Encoded = body.length > 0 && !isText(request);
  return {
    version: '2.0',
    routeKey,
    rawPath: stageName === '$default' ? path : `/${stageName}${path}`,
    rawQueryString: target.split('?').slice(1).join('?'),
    ...(cookies.length > 0 && { cookies }),
    headers: joined(headers.filter(([name]) => name !== 'cookie')),
    ...(query.length > 0 && { queryStringParameters: joined(query) }),
    requestContext: {
      accountId: ACCOUNT,
      apiId: domainName.split('.')[0],
      domainName,
      domainPrefix: domainName.split('.')[0],
      http: { method, path, protocol, sourceIp, userAgent: lastOf(request.headers, 'user-agent') ?? '' },
      requestId: ids.requestId,
      routeKey,
      stage: stageName,
      time: commonLogTime(ids.time),
      timeEpoch: ids.time.getTime(),
    },
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
}
