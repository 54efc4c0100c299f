import { ACCOUNT } from '../template/scope.ts';
import { isBinaryRequest } from './binary.ts';
import { lastOf, type GatewayRequest, type Headers } from './http.ts';

export interface RequestIds {
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly traceId: string;
  readonly time: Date;
}

export interface EventSettings {
  readonly apiId: string;
  readonly stageName: string;
  readonly stageVariables: Readonly<Record<string, string>> | null;
  readonly binaryTypes: readonly string[];
}

export interface Matched {
  /** Path of the document, e.g. `/items/{id}` */
  readonly resource: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Names of a target's query in order, decoded as API Gateway does.
 *
 * @throws URIError for a percent sign that starts no byte of UTF-8
 */
export function queryOf(target: string): [string, string][] {
  const at = target.indexOf('?');
  if (at < 0) return [];
  const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));
  return target
    .slice(at + 1)
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0 ? [decode(part), ''] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
    });
}

/** The last value of each name, as the single-value maps have it; null where there is none. */
function single(pairs: Headers): Record<string, string> | null {
  return pairs.length === 0 ? null : Object.fromEntries(pairs);
}

/** All values of each name. */
function multi(pairs: Headers): Record<string, string[]> | null {
  if (pairs.length === 0) return null;
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) all.set(name, [...(all.get(name) ?? []), value]);
  return Object.fromEntries(all);
}

/** Names that differ in case only are one header: the first spelling stands for all. */
function oneSpelling(headers: Headers): Headers {
  const spellings = new Map<string, string>();
  return headers.map(([name, value]) => {
    const key = name.toLowerCase();
    const spelling = spellings.get(key) ?? name;
    spellings.set(key, spelling);
    return [spelling, value] as const;
  });
}

/** `09/Apr/2015:12:34:56 +0000` */
export function commonLogTime(time: Date): string {
  const [, day, month, year, clock] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
}

const hostOf = ({ headers }: GatewayRequest): string => lastOf(headers, 'host') ?? 'localhost';

/** A request's headers with those that AWS adds. */
export function withForwarded(request: GatewayRequest, { traceId }: RequestIds): Headers {
  // AWS ends the connection itself: such headers never reach the function.
  const kept = request.headers.filter(
    ([name]) => !['connection', 'transfer-encoding', 'expect'].includes(name.toLowerCase()),
  );
  return [
    ...kept,
    ['X-Amzn-Trace-Id', traceId.split(';')[0] ?? ''],
    ['X-Forwarded-For', request.sourceIp],
    ['X-Forwarded-Port', /:(\d+)$/.exec(hostOf(request))?.[1] ?? '80'],
    ['X-Forwarded-Proto', 'http'],
  ];
}

/** What a REST API's Lambda proxy integration hands to the function (payload format 1.0). */
export function proxyEvent(
  request: GatewayRequest,
  matched: Matched,
  ids: RequestIds,
  settings: EventSettings,
): object {
  const { method, protocol, body } = request;
  const { resource, path, query, pathParameters } = matched;
  const host = hostOf(request);
  const headers = oneSpelling(withForwarded(request, ids));
  const isBase64Encoded = body.length > 0 && isBinaryRequest(request.headers, settings.binaryTypes);
  return {
    resource,
    path,
    httpMethod: method,
    headers: single(headers),
    multiValueHeaders: multi(headers),
    queryStringParameters: single(query),
    multiValueQueryStringParameters: multi(query),
    pathParameters: single(Object.entries(pathParameters)),
    stageVariables: settings.stageVariables,
    requestContext: {
      resourceId: 'local0',
      resourcePath: resource,
      httpMethod: method,
      extendedRequestId: ids.extendedRequestId,
      requestTime: commonLogTime(ids.time),
      path: `/${settings.stageName}${path}`,
      accountId: ACCOUNT,
      protocol,
      stage: settings.stageName,
      domainPrefix: host.split('.')[0]?.split(':')[0],
      requestTimeEpoch: ids.time.getTime(),
      requestId: ids.requestId,
      identity: identityOf(request),
      domainName: host,
      deploymentId: 'local0',
      apiId: settings.apiId,
    },
    body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}

function identityOf({ headers, sourceIp }: GatewayRequest): object {
  return {
    cognitoIdentityPoolId: null,
    accountId: null,
    cognitoIdentityId: null,
    caller: null,
    sourceIp,
    principalOrgId: null,
    accessKey: null,
    cognitoAuthenticationType: null,
    cognitoAuthenticationProvider: null,
    userArn: null,
    userAgent: lastOf(headers, 'user-agent') ?? null,
    user: null,
    ...(lastOf(headers, 'x-api-key') !== undefined && { apiKey: lastOf(headers, 'x-api-key') }),
  };
}
