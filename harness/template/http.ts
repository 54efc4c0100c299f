import { resolve, type Scope } from './intrinsics.ts';
import { isMapping, listAt, mappingAt, textAt, wholeAt, type Mapping } from './values.ts';

/** CORS that AWS answers by itself. */
export interface CorsSettings {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly maxAge: number | undefined;
}

export interface HttpRoute {
  readonly method: string;
  readonly path: string;
  /** Whether requests have to be signed. */
  readonly iam: boolean;
  /** ms */
  readonly timeout: number;
}

/** What the template says of the HTTP API. */
export interface HttpApiSettings {
  readonly stageName: string;
  readonly routes: readonly HttpRoute[];
  readonly cors: CorsSettings | undefined;
  /** Requests a second, steady and at once; undefined where the template sets none. */
  readonly throttle: { readonly rate: number; readonly burst: number } | undefined;
}

/** What the template says of the function's URL. */
export interface UrlSettings {
  readonly iam: boolean;
  readonly cors: CorsSettings | undefined;
}

/** ms that an HTTP API waits for the function. */
const TIMEOUT = 30_000;

/** The HTTP API's settings from its properties (Globals merged, functions not yet worked out). */
export function httpApiSettings(logicalId: string, raw: Mapping, scope: Scope): HttpApiSettings {
  const where = `template.yaml: Resources.${logicalId}.Properties`;
  const properties = mappingAt(resolve(raw, scope, where), where);
  const throttle = mappingAt(properties['DefaultRouteSettings'], where);
  const [rate, burst] = [throttle['ThrottlingRateLimit'], throttle['ThrottlingBurstLimit']];
  return {
    stageName: textAt(properties['StageName'] ?? '$default', `${where}.StageName`),
    routes: routesOf(mappingAt(properties['DefinitionBody'], `${where}.DefinitionBody`), `${where}.DefinitionBody`),
    cors: corsOf(properties['CorsConfiguration'], where),
    throttle:
      rate === undefined && burst === undefined
        ? undefined
        : { rate: Number(rate ?? Infinity), burst: Number(burst ?? Infinity) },
  };
}

/** The URL's settings from its properties. */
export function urlSettings(logicalId: string, raw: Mapping, scope: Scope): UrlSettings {
  const where = `template.yaml: Resources.${logicalId}.Properties`;
  const properties = mappingAt(resolve(raw, scope, where), where);
  return { iam: properties['AuthType'] !== 'NONE', cors: corsOf(properties['Cors'], where) };
}

function routesOf(document: Mapping, where: string): HttpRoute[] {
  const schemes = mappingAt(mappingAt(document['components'], where)['securitySchemes'], where);
  return Object.entries(mappingAt(document['paths'], where)).flatMap(([path, item]) =>
    Object.entries(mappingAt(item, where)).flatMap(([method, operation]) => {
      if (!isMapping(operation)) return [];
      const integration = mappingAt(operation['x-amazon-apigateway-integration'], where);
      const names = listAt(operation['security'] ?? document['security'], where)
        .filter(isMapping)
        .flatMap(Object.keys);
      const route: HttpRoute = {
        method: method === 'x-amazon-apigateway-any-method' ? 'ANY' : method.toUpperCase(),
        path,
        iam: names.some((name) => mappingAt(schemes[name], where)['x-amazon-apigateway-authtype'] === 'awsSigv4'),
        timeout: wholeAt(integration['timeoutInMillis'] ?? TIMEOUT, `${where}: timeoutInMillis`, [50, TIMEOUT]),
      };
      return [route];
    }),
  );
}

function corsOf(value: unknown, where: string): CorsSettings | undefined {
  if (!isMapping(value)) return undefined;
  const texts = (key: string): string[] => listAt(value[key], where).map((item) => textAt(item, where));
  return {
    origins: texts('AllowOrigins'),
    methods: texts('AllowMethods'),
    headers: texts('AllowHeaders'),
    maxAge: value['MaxAge'] === undefined ? undefined : Number(value['MaxAge']),
  };
}
