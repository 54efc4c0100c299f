import type { ApiSettings } from '../template/api.ts';
import { invalid, isMapping, listAt, mappingAt, textAt, wholeAt, type Mapping } from '../template/values.ts';
import { byPrecedence, patternOf, type Pattern } from './routes.ts';
import { bodyCheck, type Check } from './schema.ts';

export type Integration =
  { readonly kind: 'lambda'; readonly timeout: number } | { readonly kind: 'mock'; readonly settings: Mapping };

export interface Route {
  readonly method: string;
  readonly pattern: Pattern;
  readonly integration: Integration;
  /** Names as `header`, `querystring` or `path` parameters that a request must have; empty where the validator does not look. */
  readonly required: readonly { readonly place: string; readonly name: string }[];
  /** By media type; empty where the validator does not look at bodies. */
  readonly bodies: Readonly<Record<string, Check>>;
  readonly bodyRequired: boolean;
  readonly auth: { readonly iam: boolean; readonly apiKey: boolean };
}

/** The REST API that an OpenAPI document with API Gateway's extensions describes. */
export interface Api {
  readonly routes: readonly Route[];
  readonly binaryTypes: readonly string[];
  readonly gatewayResponses: Mapping;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const ANY = 'x-amazon-apigateway-any-method';
/** ms that a REST API waits for the function. */
const TIMEOUT = 29_000;

/**
 * Reads the document of a project's API.
 *
 * @throws ToolError TEMPLATE_INVALID naming the operation
 */
export async function readApi(settings: ApiSettings, functionName: string): Promise<Api> {
  const document = await settings.definition();
  const file = settings.files[0] ?? 'template.yaml: DefinitionBody';
  const paths = mappingAt(document['paths'], `${file}: paths`);
  const routes = Object.entries(paths).flatMap(([path, item]) => {
    const shared = mappingAt(item, `${file}: ${path}`);
    return [...METHODS, ANY].flatMap((key) => {
      if (!isMapping(shared[key])) return [];
      const where = `${file}: paths.${path}.${key}`;
      const method = key === ANY ? 'ANY' : key.toUpperCase();
      return [routeOf(method, path, shared[key], shared['parameters'], { document, functionName, where })];
    });
  });
  const binary = listAt(
    document['x-amazon-apigateway-binary-media-types'],
    `${file}: x-amazon-apigateway-binary-media-types`,
  );
  return {
    routes: routes.sort(
      (a, b) => byPrecedence(a.pattern, b.pattern) || Number(a.method === 'ANY') - Number(b.method === 'ANY'),
    ),
    binaryTypes: [...binary.map((type) => textAt(type, file)), ...settings.binaryMediaTypes],
    gatewayResponses: mappingAt(document['x-amazon-apigateway-gateway-responses'], `${file}: gateway responses`),
  };
}

interface Place {
  readonly document: Mapping;
  readonly functionName: string;
  readonly where: string;
}

function routeOf(method: string, path: string, operation: Mapping, shared: unknown, place: Place): Route {
  const { document, where } = place;
  const validator = validatorOf(operation, document, where);
  const parameters = [...listAt(shared, where), ...listAt(operation['parameters'], where)].map((parameter) =>
    mappingAt(dereference(parameter, document), where),
  );
  const places: Readonly<Record<string, string>> = { query: 'querystring', header: 'header', path: 'path' };
  const body = mappingAt(dereference(operation['requestBody'], document), where);
  const content = Object.entries(mappingAt(body['content'], where));
  return {
    method,
    pattern: patternOf(path),
    integration: integrationOf(operation, place),
    required: parameters.flatMap(({ in: from, name, required }) =>
      validator.parameters && required === true
        ? [{ place: places[String(from)] ?? String(from), name: String(name) }]
        : [],
    ),
    bodies: Object.fromEntries(
      content.flatMap(([type, media]) => {
        const schema = isMapping(media) ? media['schema'] : undefined;
        return validator.body && isMapping(schema)
          ? [[type.toLowerCase(), bodyCheck(schema, document['components'])]]
          : [];
      }),
    ),
    bodyRequired: body['required'] === true,
    auth: authOf(operation, document, where),
  };
}

function integrationOf(operation: Mapping, { functionName, where }: Place): Integration {
  const settings = mappingAt(operation['x-amazon-apigateway-integration'], `${where}.x-amazon-apigateway-integration`);
  const type = String(settings['type'] ?? '').toLowerCase();
  if (type === 'mock') return { kind: 'mock', settings };
  if (type !== 'aws_proxy')
    throw invalid(
      where,
      `An integration of type ${JSON.stringify(settings['type'])} does not run here.`,
      'aws_proxy or mock',
    );
  const uri = textAt(settings['uri'], `${where}: uri`);
  const [, name] = /:function:([^:/]+)/.exec(uri) ?? [];
  if (name !== functionName)
    throw invalid(`${where}: uri`, `${uri} is not the function of this project.`, functionName);
  const timeout = settings['timeoutInMillis'];
  return {
    kind: 'lambda',
    timeout: timeout === undefined ? TIMEOUT : wholeAt(timeout, `${where}: timeoutInMillis`, [50, 300_000]),
  };
}

function validatorOf(operation: Mapping, document: Mapping, where: string): { body: boolean; parameters: boolean } {
  const key = 'x-amazon-apigateway-request-validator';
  const name = operation[key] ?? document[key];
  if (name === undefined) return { body: false, parameters: false };
  const validator = mappingAt(document[`${key}s`], where)[String(name)];
  if (!isMapping(validator)) throw invalid(`${where}.${key}`, `There is no validator ${JSON.stringify(name)}.`);
  return {
    body: validator['validateRequestBody'] === true,
    parameters: validator['validateRequestParameters'] === true,
  };
}

function authOf(operation: Mapping, document: Mapping, where: string): Route['auth'] {
  const schemes = mappingAt(mappingAt(document['components'], where)['securitySchemes'], where);
  const names = listAt(operation['security'] ?? document['security'], where).flatMap((item) =>
    Object.keys(mappingAt(item, where)),
  );
  const used = names.map((name) => schemes[name]).filter(isMapping);
  const iam = used.some((scheme) => scheme['x-amazon-apigateway-authtype'] === 'awsSigv4');
  return { iam, apiKey: used.some((scheme) => scheme['name'] === 'x-api-key') };
}

/** Follows a local `$ref`. */
function dereference(value: unknown, document: Mapping): unknown {
  const reference = isMapping(value) ? value['$ref'] : undefined;
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return value;
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (at, key) => (isMapping(at) ? at[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
      document,
    );
}
