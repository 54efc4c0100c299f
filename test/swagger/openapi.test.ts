import { STATUS } from '../../handler-template/src/errors.ts';
import { classifyOperation } from '../../generator/tasks/image-classification/operation.ts';
import { auths, openApiFile, openApiFiles } from '../../swagger/files.ts';
import { openApi, type Json } from '../../swagger/openapi.ts';
import { apiSchemas } from '../../swagger/schemas.ts';
import {
  answering,
  over,
  digits,
  ODD_DESCRIPTION,
  variants,
  withAuth,
  predict as classify,
} from '../generator/template/blueprints.ts';

type Operation = Json & { responses: Record<string, Json>; security?: unknown };
const operation = (document: Json, path: string, method: string): Operation =>
  ((document['paths'] as Json)[path] as Json)[method] as Operation;

const document = openApi(digits, classify);
const predict = operation(document, '/predict', 'post');
const health = operation(document, '/health', 'get');

/** Every place in a value that holds a function of CloudFormation, as a path. */
function functionsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    /^(Ref|Fn::.*)$/.test(key) ? [path] : functionsIn(inner, [...path, key]),
  );
}

test('its models are the schemas of src/model.ts', () => {
  const { predictRequest, predictResponse, health: healthy, error } = apiSchemas(classify);
  expect((document['components'] as Json)['schemas']).toMatchObject({
    PredictRequest: predictRequest,
    PredictResponse: predictResponse,
    HealthResponse: healthy,
    ErrorResponse: error,
  });
});

test('API Gateway checks JSON against the request’s model, and leaves bytes alone', () => {
  const { content, required } = predict['requestBody'] as { content: Record<string, Json>; required: boolean };
  expect(required).toBe(true);
  expect(content['application/json']?.['schema']).toStrictEqual({ $ref: '#/components/schemas/PredictRequest' });
  for (const type of ['image/jpeg', 'image/png', 'image/webp']) expect(content[type]).toStrictEqual({});
  expect(document['x-amazon-apigateway-binary-media-types']).toStrictEqual(['image/jpeg', 'image/png', 'image/webp']);
  const validators = document['x-amazon-apigateway-request-validators'] as Json;
  expect(validators[document['x-amazon-apigateway-request-validator'] as string]).toStrictEqual({
    validateRequestBody: true,
    validateRequestParameters: true,
  });
});

test('top is one of the classes, and left out means the task’s own', () => {
  const top = { type: 'integer', minimum: 1, maximum: 10 };
  expect(classify.request?.schema).toMatchObject({ properties: { top } });
  const few = { ...digits, task: { ...digits.task, classes: 3 } };
  const described = { description: expect.stringContaining('3 where') as string };
  expect(classifyOperation(few.task, few).request?.schema).toMatchObject({ properties: { top: described } });
});

test('every status that the handler and API Gateway answer with is described, with its content', () => {
  // 404 is the handler's alone: API Gateway answers an unknown route with 403 before.
  const handled = Object.values(STATUS).filter(
    (status) => status !== STATUS.NOT_FOUND && status !== STATUS.NOT_ACCEPTABLE,
  );
  const expected = [...new Set([200, 403, 429, 502, 504, ...handled])].map(String).sort();
  // Nothing else is relied on here: no URL is fetched, no answer goes elsewhere.
  expect(Object.keys(predict.responses).sort()).toStrictEqual(expected.filter((status) => status !== '503'));
  const relying = operation(openApi(answering({ kind: 'sqs' }), classify), '/predict', 'post');
  expect(Object.keys(relying.responses).sort()).toStrictEqual(expected);
  expect(Object.keys(health.responses)).toStrictEqual(['200', '403', '429', '500', '502', '504']);
  for (const { responses } of [predict, health]) {
    for (const [status, { content }] of Object.entries(responses)) {
      const name = status === '200' ? /Response$/ : /ErrorResponse$/;
      expect(((content as Json)['application/json'] as { schema: { $ref: string } }).schema.$ref).toMatch(name);
    }
  }
});

test('both routes go to the alias of the function, with the longest wait that a REST API has', () => {
  for (const { 'x-amazon-apigateway-integration': integration } of [predict, health]) {
    expect(integration).toMatchObject({ type: 'aws_proxy', httpMethod: 'POST', timeoutInMillis: 29_000 });
    expect((integration as { uri: Json }).uri['Fn::Sub']).toMatch(
      /\/functions\/\$\{Function\.Arn\}:live\/invocations$/,
    );
  }
});

test.each(Object.keys(variants))(
  '%s: functions of CloudFormation stand in extensions only, of REST APIs only',
  (name) => {
    const blueprint = variants[name] ?? digits;
    for (const file of Object.values(openApiFiles(blueprint, classify))) {
      const places = functionsIn(file);
      expect(places.length > 0).toBe(blueprint.triggers.some(({ kind }) => kind === 'rest-api'));
      for (const place of places) expect(place.join('/')).toContain('x-amazon-apigateway-');
    }
  },
);

describe('CORS', () => {
  test.each([
    ['/predict', 'POST'],
    ['/health', 'GET'],
    ['/v2/models/digits/infer', 'POST'],
    ['/v2/models/digits', 'GET'],
    ['/v2', 'GET'],
  ])('%s answers a preflight without credentials, itself', (path, method) => {
    const preflight = operation(document, path, 'options');
    expect(preflight.security).toStrictEqual([]);
    const integration = preflight['x-amazon-apigateway-integration'] as Json;
    const { statusCode, responseParameters } = (integration['responses'] as { default: Json }).default;
    const headers = responseParameters as Record<string, unknown>;
    expect(integration['type']).toBe('mock');
    expect(JSON.parse((integration['requestTemplates'] as Record<string, string>)['application/json'] ?? '')).toEqual({
      statusCode: Number(statusCode),
    });
    expect(headers['method.response.header.Access-Control-Allow-Methods']).toBe(`'OPTIONS,${method}'`);
    expect(headers['method.response.header.Access-Control-Allow-Headers']).toMatch(/Authorization.*X-Api-Key/);
    // A header that is sent must be declared, or API Gateway refuses the import.
    const declared = Object.keys((preflight.responses['204'] as { headers: Json }).headers);
    expect(Object.keys(headers).map((name) => name.split('.').at(-1))).toStrictEqual(declared);
  });

  test("API Gateway's own errors have the origin and the service's form", () => {
    const responses = document['x-amazon-apigateway-gateway-responses'] as Record<string, Json>;
    expect(Object.keys(responses)).toStrictEqual(['DEFAULT_4XX', 'DEFAULT_5XX']);
    for (const { responseParameters, responseTemplates, statusCode } of Object.values(responses)) {
      expect(statusCode).toBeUndefined(); // one would change the status of all of them
      expect(responseParameters).toHaveProperty(['gatewayresponse.header.Access-Control-Allow-Origin']);
      const template = (responseTemplates as Record<string, string>)['application/json'] ?? '';
      const rendered = template
        .replace('$context.error.messageString', '"Forbidden"')
        .replace('$context.error.responseType', 'ACCESS_DENIED');
      expect(JSON.parse(rendered)).toStrictEqual({ message: 'Forbidden', code: 'ACCESS_DENIED' });
    }
  });
});

describe('auth', () => {
  test.each([
    ['iam', { 'x-amazon-apigateway-authtype': 'awsSigv4', name: 'Authorization', in: 'header', type: 'apiKey' }],
    ['api-key', { name: 'x-api-key', in: 'header', type: 'apiKey' }],
  ] as const)('%s is asked of every route, where API Gateway reads it', (auth, scheme) => {
    const guarded = openApi(digits, classify, auth);
    const [name, found] = Object.entries((guarded['components'] as { securitySchemes: Json }).securitySchemes)[0] ?? [];
    expect(found).toMatchObject(scheme);
    const security = [{ [String(name)]: [] }];
    expect(guarded['security']).toStrictEqual(security);
    expect(operation(guarded, '/predict', 'post').security).toStrictEqual(security);
    expect(operation(guarded, '/health', 'get').security).toStrictEqual(security);
  });

  test('an open API asks nothing', () => {
    const open = openApi(digits, classify, 'none');
    expect(open).not.toHaveProperty('security');
    expect(open['components']).not.toHaveProperty('securitySchemes');
    expect(operation(open, '/predict', 'post')).not.toHaveProperty('security');
  });

  test('stages that are alike share swagger.yaml, others have a file by the name of their auth', () => {
    expect(Object.keys(openApiFiles(digits, classify))).toStrictEqual(['swagger.yaml']);
    const mixed = withAuth('none', 'api-key', 'iam');
    expect(auths(mixed)).toStrictEqual(['iam', 'api-key', 'none']);
    expect(Object.keys(openApiFiles(mixed, classify)).sort()).toStrictEqual([
      'swagger.api-key.yaml',
      'swagger.none.yaml',
      'swagger.yaml',
    ]);
    expect(openApiFile(withAuth('none', 'none', 'iam'), 'stage')).toBe('swagger.none.yaml');
  });
});

test('a description stays what it is, and none is left out', () => {
  expect(openApi({ ...digits, description: ODD_DESCRIPTION }, classify).info).toHaveProperty(
    'description',
    ODD_DESCRIPTION,
  );
  expect(openApi({ ...digits, description: '' }, classify).info).not.toHaveProperty('description');
});

test('what is no REST API has the same operations in a document without extensions; what AWS answers by itself has its own form', () => {
  const documented = openApi(over(['http-api', 'function-url']), classify);
  expect(JSON.stringify(documented)).not.toContain('x-amazon-apigateway-integration');
  expect(Object.keys(documented.paths)).toStrictEqual(Object.keys(document.paths));
  for (const methods of Object.values(documented.paths)) expect(methods).not.toHaveProperty('options');
  const { responses } = operation(documented, '/predict', 'post');
  expect(Object.keys(responses)).toStrictEqual(Object.keys(predict.responses));
  expect(responses['403']).not.toHaveProperty('content');
  expect(responses['422']).toHaveProperty('content');
  expect(documented['servers']).toMatchObject([
    { url: 'https://{api}.execute-api.{region}.amazonaws.com' },
    { url: 'https://{url}.lambda-url.{region}.on.aws' },
  ]);
});
