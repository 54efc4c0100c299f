import { randomBytes, randomUUID } from 'node:crypto';
import { newTraceId } from '../lambda/lambda.ts';
import type { Project } from '../template/project.ts';
import { invalid, type Mapping } from '../template/values.ts';
import { isBinaryResponse } from './binary.ts';
import { readApi, type Api, type Route } from './document.ts';
import { pathOf, withinTime, type Front, type GatewayOptions, type ShownRoute } from './front.ts';
import { gatewayResponse, type Trouble } from './gateway-responses.ts';
import { lastOf, mediaType, type GatewayRequest, type GatewayResponse } from './http.ts';
import { mockResponse } from './mock.ts';
import { proxyEvent, queryOf, type Matched, type RequestIds } from './proxy-event.ts';
import { mapResponse } from './proxy-response.ts';
import { matchPath } from './routes.ts';
import { throttleOf, tokenBucket } from './throttle.ts';

/** Bytes of a request's body that a REST API takes. */
export const BODY_LIMIT = 10_485_760;

/** The project's REST API: takes requests, answers them as API Gateway would. No sockets here: `serve` has those. */
export class Gateway implements Front {
  readonly kind = 'rest-api';
  readonly throttles = true;
  readonly #project: Project;
  readonly #api: Api;
  readonly #options: GatewayOptions;
  readonly #buckets = new Map<Route, () => boolean>();

  private constructor(project: Project, api: Api, options: GatewayOptions) {
    this.#project = project;
    this.#api = api;
    this.#options = options;
    const now = options.now ?? (() => performance.now());
    for (const route of api.routes) {
      const limits =
        options.throttle !== false && throttleOf(project.api?.methodSettings ?? [], route.method, route.pattern.path);
      if (limits) this.#buckets.set(route, tokenBucket(limits.rate, limits.burst, now));
    }
  }

  /** Reads the project's OpenAPI document. @throws ToolError TEMPLATE_INVALID, YAML_INVALID */
  static async open(project: Project, options: GatewayOptions): Promise<Gateway> {
    if (!project.api) throw invalid('template.yaml: Resources', 'There is no API.', 'an AWS::Serverless::Api');
    return new Gateway(project, await readApi(project.api, project.function.name), options);
  }

  get shown(): readonly ShownRoute[] {
    return this.#api.routes
      .filter(({ integration }) => integration.kind === 'lambda')
      .map(({ method, pattern, auth }) => ({ method, path: pattern.path, auth }));
  }

  /** Answers one request; never throws for what a client or the function does. */
  async handle(request: GatewayRequest): Promise<GatewayResponse> {
    const ids: RequestIds = {
      requestId: randomUUID(),
      extendedRequestId: randomBytes(11).toString('base64'),
      traceId: newTraceId(),
      time: new Date(),
    };
    const context: Mapping = {
      requestId: ids.requestId,
      httpMethod: request.method,
      path: pathOf(request.target),
      stage: this.#project.api?.stageName,
    };
    const answer = await this.#answer(request, ids, context);
    const response =
      'type' in answer ? gatewayResponse(answer, this.#api.gatewayResponses, request.headers, context) : answer;
    return {
      ...response,
      headers: [
        ...response.headers,
        ['x-amzn-RequestId', ids.requestId],
        ['x-amz-apigw-id', ids.extendedRequestId],
        ['X-Amzn-Trace-Id', ids.traceId.split(';')[0] ?? ''],
      ],
    };
  }

  async #answer(request: GatewayRequest, ids: RequestIds, context: Mapping): Promise<GatewayResponse | Trouble> {
    const found = this.#find(request);
    if ('type' in found) return found;
    const { route, matched } = found;
    const refused = this.#authorise(route, request);
    if (refused) return refused;
    if (this.#buckets.get(route)?.() === false) return { type: 'THROTTLED' };
    if (request.body.length > BODY_LIMIT) return { type: 'REQUEST_TOO_LARGE' };
    const bad = validate(route, request, matched);
    if (bad) return bad;
    if (route.integration.kind === 'mock') return mockResponse(route.integration.settings, request, context);
    return this.#invoke(route.integration.timeout, request, matched, ids);
  }

  #find(request: GatewayRequest): { route: Route; matched: Matched } | Trouble {
    const path = pathOf(request.target);
    try {
      const decoded = path.split('/').map(decodeURIComponent).join('/');
      const query = queryOf(request.target);
      for (const route of this.#api.routes) {
        if (route.method !== request.method && route.method !== 'ANY') continue;
        const pathParameters = matchPath(route.pattern, decoded);
        if (pathParameters) return { route, matched: { resource: route.pattern.path, path, query, pathParameters } };
      }
    } catch {
      return { type: 'DEFAULT_4XX', message: 'Bad Request' };
    }
    return { type: 'MISSING_AUTHENTICATION_TOKEN' };
  }

  #authorise({ auth }: Route, { headers }: GatewayRequest): Trouble | undefined {
    const { auth: checks } = this.#options;
    if (!checks) return undefined;
    if (auth.iam) {
      const authorization = lastOf(headers, 'authorization');
      if (authorization === undefined) return { type: 'MISSING_AUTHENTICATION_TOKEN' };
      if (!authorization.startsWith('AWS4-HMAC-SHA256 ')) return { type: 'INVALID_SIGNATURE' };
    }
    return auth.apiKey && lastOf(headers, 'x-api-key') !== checks.apiKey ? { type: 'INVALID_API_KEY' } : undefined;
  }

  async #invoke(
    timeout: number,
    request: GatewayRequest,
    matched: Matched,
    ids: RequestIds,
  ): Promise<GatewayResponse | Trouble> {
    const { api, function: fn } = this.#project;
    const event = proxyEvent(request, matched, ids, {
      apiId: 'local',
      stageName: api?.stageName ?? '',
      stageVariables: api?.stageVariables ?? null,
      binaryTypes: this.#api.binaryTypes,
    });
    const invocation = await withinTime(this.#options.invoke(JSON.stringify(event), ids), timeout);
    if (invocation === 'too-late') {
      this.#options.log(`${ids.requestId} The API waited ${timeout} ms for ${fn.name} and no longer: 504.`);
      return { type: 'INTEGRATION_TIMEOUT' };
    }
    if (invocation.kind === 'refused')
      return invocation.status === 413 ? { type: 'REQUEST_TOO_LARGE' } : { type: 'DEFAULT_5XX' };
    const mapped =
      invocation.kind === 'failed'
        ? { kind: 'malformed' as const, why: 'the function failed' }
        : mapResponse(invocation.payload, isBinaryResponse(request.headers, this.#api.binaryTypes));
    if (mapped.kind === 'response') return mapped.response;
    if (mapped.kind === 'malformed') {
      this.#options.log(`${ids.requestId} The function's answer can not be used, ${mapped.why}: 502.`);
      return { type: 'DEFAULT_5XX', status: 502 };
    }
    this.#options.log(`${ids.requestId} The function's body is not base64: 500.`);
    return { type: 'DEFAULT_5XX' };
  }
}

/** What the request validator says: parameters first, then the body. A media type that the document does not name is not looked at. */
function validate(
  route: Route,
  { headers, body }: GatewayRequest,
  { query, pathParameters }: Matched,
): Trouble | undefined {
  const has: Readonly<Record<string, (name: string) => boolean>> = {
    header: (name) => (lastOf(headers, name.toLowerCase()) ?? '') !== '',
    querystring: (name) => query.some(([key, value]) => key === name && value !== ''),
    path: (name) => (pathParameters[name] ?? '') !== '',
  };
  const missing = route.required.filter(({ place, name }) => has[place]?.(name) === false).map(({ name }) => name);
  if (missing.length > 0)
    return { type: 'BAD_REQUEST_PARAMETERS', message: `Missing required request parameters: [${missing.join(', ')}]` };
  const check = route.bodies[mediaType(lastOf(headers, 'content-type') ?? 'application/json')];
  if (!check || (body.length === 0 && !route.bodyRequired)) return undefined;
  const troubles = check(body.toString('utf8'));
  return troubles.length > 0 ? { type: 'BAD_REQUEST_BODY', details: `[${troubles.join(', ')}]` } : undefined;
}
