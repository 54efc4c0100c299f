import { randomUUID } from 'node:crypto';
import { newTraceId } from '../lambda/lambda.ts';
import type { CorsSettings, HttpApiSettings, HttpRoute, UrlSettings } from '../template/http.ts';
import type { Project } from '../template/project.ts';
import { corsHeaders, isPreflight, preflightHeaders, withoutCors } from './cors.ts';
import { pathOf, withinTime, type Front, type FrontKind, type GatewayOptions } from './front.ts';
import { httpEvent } from './http-event.ts';
import { mapHttpResponse } from './http-response.ts';
import { HTTP_API_WORDS, URL_WORDS, type Words } from './http-words.ts';
import { lastOf, type GatewayRequest, type GatewayResponse } from './http.ts';
import type { RequestIds } from './proxy-event.ts';
import { byPrecedence, matchPath, patternOf } from './routes.ts';
import { tokenBucket } from './throttle.ts';

/** What is told of an HTTP API or a function URL: both send payload 2.0. */
interface Settings {
  readonly kind: Exclude<FrontKind, 'rest-api'>;
  readonly words: Words;
  readonly domainName: string;
  readonly stageName: string;
  readonly cors: CorsSettings | undefined;
  readonly throttle: HttpApiSettings['throttle'];
  readonly routes: readonly HttpRoute[];
}

interface Found {
  readonly route: HttpRoute;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** The project's HTTP API. */
export function httpApiFront(api: HttpApiSettings, project: Project, options: GatewayOptions): Front {
  const domainName = `local.execute-api.${project.region}.amazonaws.com`;
  return front({ kind: 'http-api', words: HTTP_API_WORDS, domainName, ...api }, project, options);
}

/** The function's URL: any path goes to the function, which may take its own time. */
export function urlFront({ iam, cors }: UrlSettings, project: Project, options: GatewayOptions): Front {
  const anything: HttpRoute = { method: 'ANY', path: '/{any+}', iam, timeout: 900_000 };
  const settings: Settings = {
    kind: 'function-url',
    words: URL_WORDS,
    domainName: `local.lambda-url.${project.region}.on.aws`,
    stageName: '$default',
    cors,
    throttle: undefined,
    routes: [anything],
  };
  return front(settings, project, options);
}

function front(settings: Settings, project: Project, options: GatewayOptions): Front {
  const { cors, throttle, routes, kind, words } = settings;
  const now = options.now ?? ((): number => performance.now());
  const mayPass =
    throttle && options.throttle !== false ? tokenBucket(throttle.rate, throttle.burst, now) : (): boolean => true;
  const find = finder(settings);
  return {
    kind,
    shown: routes.map(({ method, path, iam }) => ({ method, path, auth: { iam, apiKey: false } })),
    throttles: throttle !== undefined,
    async handle(request) {
      const finished = (response: GatewayResponse): GatewayResponse => withIds(response, ids, words.idHeader);
      const ids: RequestIds = {
        requestId: randomUUID(),
        extendedRequestId: '',
        traceId: newTraceId(),
        time: new Date(),
      };
      if (cors && isPreflight(request))
        return finished({ status: 204, headers: preflightHeaders(cors, request), body: Buffer.alloc(0) });
      const response = await answer(request, ids, { settings, project, options, find, mayPass });
      if (!cors) return finished(response);
      const headers = [...withoutCors(response.headers), ...corsHeaders(cors, request)];
      return finished({ ...response, headers });
    },
  };
}

/** With the headers that AWS adds. */
const withIds = (response: GatewayResponse, { requestId, traceId }: RequestIds, idHeader: string): GatewayResponse => ({
  ...response,
  headers: [...response.headers, [idHeader, requestId], ['x-amzn-trace-id', traceId.split(';')[0] ?? '']],
});

interface Circumstances {
  readonly settings: Settings;
  readonly project: Project;
  readonly options: GatewayOptions;
  readonly find: (request: GatewayRequest) => Found | undefined;
  readonly mayPass: () => boolean;
}

async function answer(
  request: GatewayRequest,
  ids: RequestIds,
  { settings, project, options, find, mayPass }: Circumstances,
): Promise<GatewayResponse> {
  const { words, domainName, stageName } = settings;
  const found = find(request);
  if (!found) return words.notFound;
  const { routeKey, pathParameters, route } = found;
  const authorization = lastOf(request.headers, 'authorization') ?? '';
  if (options.auth && route.iam && !authorization.startsWith('AWS4-HMAC-SHA256 ')) return words.forbidden;
  if (!mayPass()) return words.throttled;
  if (request.body.length > words.bodyLimit) return words.tooLarge;
  const path = decoded(pathOf(request.target)) ?? pathOf(request.target);
  const event = httpEvent(request, ids, { domainName, stageName, routeKey, pathParameters, path });
  const invocation = await withinTime(options.invoke(JSON.stringify(event), ids), route.timeout);
  if (invocation === 'too-late') {
    options.log(`${ids.requestId} The API waited ${route.timeout} ms for ${project.function.name} and no longer.`);
    return words.tooLate;
  }
  if (invocation.kind === 'refused')
    return { 413: words.tooLarge, 429: throttledBy(settings), 503: words.failed }[invocation.status];
  if (invocation.kind === 'failed') {
    options.log(`${ids.requestId} The function failed: ${words.failed.status}.`);
    return words.failed;
  }
  const mapped = mapHttpResponse(invocation.payload);
  if (mapped.kind === 'response') return mapped.response;
  const why = mapped.kind === 'malformed' ? mapped.why : 'its body is not base64';
  options.log(`${ids.requestId} The function's answer can not be used, ${why}: ${words.failed.status}.`);
  return words.failed;
}

/** A throttled function: its URL says so, an HTTP API calls it unavailable. */
const throttledBy = ({ kind, words }: Settings): GatewayResponse =>
  kind === 'function-url' ? words.throttled : words.tooLate;

/** Finds the route of a request. A path that is no UTF-8 has none. */
function finder({ kind, routes }: Settings): Circumstances['find'] {
  if (kind === 'function-url') return () => routes[0] && { route: routes[0], routeKey: '$default', pathParameters: {} };
  const patterns = routes
    .map((route) => ({ route, pattern: patternOf(route.path) }))
    .sort((a, b) => byPrecedence(a.pattern, b.pattern));
  return ({ method, target }) => {
    const path = decoded(pathOf(target));
    // Unlike a REST API it tells `/predict/` from `/predict`.
    if (path === undefined || (path !== '/' && path.endsWith('/'))) return undefined;
    for (const { route, pattern } of patterns) {
      const pathParameters = matchPath(pattern, path);
      if (pathParameters && (route.method === method || route.method === 'ANY'))
        return { route, routeKey: `${route.method} ${route.path}`, pathParameters };
    }
    return undefined;
  };
}

function decoded(path: string): string | undefined {
  try {
    return path.split('/').map(decodeURIComponent).join('/');
  } catch {
    return undefined;
  }
}
