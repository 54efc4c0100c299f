import { Service, type ServiceOptions } from '../../harness/service.ts';
import { closeServices, header, json, send, track } from './sample-service.ts';
import { codeOf, edit, sampleFolder } from './sample.ts';

const integration = (timeoutInMillis: number): object => ({
  'x-amazon-apigateway-integration': { type: 'aws_proxy', payloadFormatVersion: '2.0', timeoutInMillis },
});
const cors = {
  AllowOrigins: ['https://example.com'],
  AllowMethods: ['GET', 'POST'],
  AllowHeaders: ['X-A'],
  MaxAge: 60,
};
const RESOURCES = {
  HttpApi: {
    Type: 'AWS::Serverless::HttpApi',
    Properties: {
      DefaultRouteSettings: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 },
      CorsConfiguration: cors,
      DefinitionBody: {
        openapi: '3.0.1',
        components: { securitySchemes: { signed: { 'x-amazon-apigateway-authtype': 'awsSigv4' } } },
        paths: {
          '/do': { post: integration(30_000), get: integration(30_000) },
          '/items/{id}': { get: integration(30_000) },
          '/items/special': { get: { ...integration(30_000), security: [{ signed: [] }] } },
          '/slow': { get: integration(100) },
        },
      },
    },
  },
  FunctionUrl: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'AWS_IAM', Cors: cors } },
};

/** The sample project with an HTTP API and a URL beside its REST API. */
async function open(
  trigger: string | undefined,
  options: Partial<ServiceOptions> = {},
  overrides = {},
): Promise<Service> {
  const folder = sampleFolder(overrides);
  edit(folder, 'template.yaml', (text) => {
    const lines = Object.entries(RESOURCES).map(([id, resource]) => `  ${id}: ${JSON.stringify(resource)}\n`);
    return text.replace(/^ {2}Api:\n/m, `${lines.join('')}$&`);
  });
  return track(await Service.open(folder, { log: () => undefined, trigger, ...options }));
}

let api: Service;
let url: Service;
beforeAll(async () => {
  [api, url] = [await open(undefined), await open('function-url')];
});
afterAll(closeServices);

/** The event that a request becomes. */
const eventOf = async (service: Service, ...sent: [string, string, Parameters<typeof send>[3]?]): Promise<object> => {
  const [method, target, parts] = sent;
  return json(await send(service, method, `${target}${target.includes('?') ? '&' : '?'}do=echo`, parts)) as object;
};

test('the first of the template is served, another one by its name', async () => {
  expect([api.front?.kind, url.front?.kind]).toEqual(['http-api', 'function-url']);
  expect((await open('rest-api')).front?.kind).toBe('rest-api');
  expect(await codeOf(() => open('sqs'))).toBe('USAGE');
});

test('payload 2.0: lower-case headers, several values with commas, cookies apart, nothing that is not there', async () => {
  const headers = { Host: 'x', Cookie: 'a=1; b=2', 'X-One': '1', 'Content-Type': 'application/json; charset=utf-8' };
  const event = await eventOf(api, 'POST', '/do?n=1&n=2&e=%C3%A4', { headers, body: '{}' });
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'POST /do',
    rawPath: '/do',
    rawQueryString: 'n=1&n=2&e=%C3%A4&do=echo',
    cookies: ['a=1', 'b=2'],
    queryStringParameters: { n: '1,2', e: 'ä', do: 'echo' },
    headers: { 'x-one': '1', 'content-type': 'application/json; charset=utf-8' },
    requestContext: { stage: '$default', http: { method: 'POST', path: '/do', sourceIp: '127.0.0.1' } },
    body: '{}',
    isBase64Encoded: false,
  });
  expect(event).not.toHaveProperty('headers.cookie');
  for (const absent of ['multiValueHeaders', 'pathParameters', 'stageVariables'])
    expect(event).not.toHaveProperty(absent);
  const bare = await eventOf(api, 'GET', '/items/7%20b');
  expect(bare).toMatchObject({ routeKey: 'GET /items/{id}', pathParameters: { id: '7 b' }, isBase64Encoded: false });
  expect(bare).not.toHaveProperty('body');
  expect(bare).not.toHaveProperty('cookies');
});

test.each([
  ['image/png', true],
  ['application/octet-stream', true],
  ['application/x-www-form-urlencoded', true],
  ['text/csv; charset=utf-8', false],
  ['application/problem+json', false],
  ['application/xml', false],
])('a body of %s: base64 %s', async (type, isBase64Encoded) => {
  for (const service of [api, url]) {
    const body = await eventOf(service, 'POST', '/do', { headers: { 'Content-Type': type }, body: 'a=b' });
    expect(body).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? 'YT1i' : 'a=b' });
  }
});

test('a URL has no routes, and a host by which its events are told', async () => {
  expect(await eventOf(url, 'DELETE', '/any/thing/')).toMatchObject({
    routeKey: '$default',
    rawPath: '/any/thing/',
    requestContext: { domainName: 'local.lambda-url.eu-central-1.on.aws', http: { method: 'DELETE' } },
  });
});

describe('answers', () => {
  const answer = (value: unknown): Parameters<typeof send>[3] => ({
    body: JSON.stringify(value),
    headers: { 'Content-Type': 'application/json' },
  });
  const post = (service: Service, value: unknown): ReturnType<typeof send> =>
    send(service, 'POST', '/do?do=answerFromBody', answer(value));

  test('with a status they are taken apart, without one they are the body', async () => {
    const cookies = ['a=1', 'b=2'];
    const full = await post(api, {
      statusCode: '201',
      headers: { 'X-A': 1 },
      cookies,
      body: 'aGk=',
      isBase64Encoded: true,
    });
    expect(full).toMatchObject({ status: 201, body: Buffer.from('hi') });
    expect(full.headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value)).toEqual(cookies);
    expect(header(full, 'x-a')).toBe('1');
    for (const value of [{ a: 1 }, [1], 7, null]) {
      const inferred = await post(api, value);
      expect(inferred.status).toBe(200);
      expect(header(inferred, 'content-type')).toBe('application/json');
      expect(json(inferred)).toEqual(value);
    }
    expect((await post(api, 'text')).body.toString()).toBe('text');
    // A field that version 1.0 does not know is none of its business.
    expect((await post(api, { statusCode: 200, multi: 1 })).status).toBe(200);
  });

  test.each([
    { statusCode: 99 },
    { statusCode: 'many' },
    { statusCode: 200, body: {} },
    { statusCode: 200, headers: { 'a b': 'x' } },
    { statusCode: 200, body: 'no base64!', isBase64Encoded: true },
  ])('%j can not be passed on', async (value) => {
    const failed = await post(api, value);
    expect(failed.status).toBe(500);
    expect(json(failed)).toEqual({ message: 'Internal Server Error' });
    const ofUrl = await post(url, value);
    expect([ofUrl.status, ofUrl.body.toString()]).toEqual([502, 'Internal Server Error']);
  });

  test('a function that throws is 500 of an HTTP API, 502 of a URL; one that takes too long 503', async () => {
    expect((await send(api, 'GET', '/do?do=throw')).status).toBe(500);
    expect((await send(url, 'GET', '/do?do=throw')).status).toBe(502);
    const late = await send(api, 'GET', '/slow?do=wait&ms=2000');
    expect(late.status).toBe(503);
    expect(json(late)).toEqual({ message: 'Service Unavailable' });
  });

  test.each([
    ['GET', '/nothing'],
    ['DELETE', '/do'],
    ['GET', '/do/'],
    ['GET', '/items/%E0%A4%A'],
  ])('%s %s is not found', async (method, target) => {
    const response = await send(api, method, target);
    expect(response.status).toBe(404);
    expect(json(response)).toEqual({ message: 'Not Found' });
  });

  test('bodies that are too large: 10 MB, and what becomes an event of more than 6 MB', async () => {
    const headers = { 'Content-Type': 'image/png' };
    for (const [service, bytes] of [
      [api, 10_485_761],
      [api, 5_000_000],
      [url, 6_291_457],
      [url, 5_000_000],
    ] as const) {
      const response = await send(service, 'POST', '/do', { headers, body: Buffer.alloc(bytes) });
      expect(response.status).toBe(413);
    }
  });
});

describe('CORS', () => {
  const ask = { Origin: 'https://example.com', 'Access-Control-Request-Method': 'POST' };

  test.each(['http-api', 'function-url'])('%s answers a preflight itself, for any path', async (kind) => {
    const service = kind === 'http-api' ? api : url;
    const { starts } = service.lambda;
    const response = await send(service, 'OPTIONS', '/anything', { headers: ask });
    expect(response).toMatchObject({ status: 204, body: Buffer.alloc(0) });
    expect(header(response, 'access-control-allow-origin')).toBe('https://example.com');
    expect(header(response, 'access-control-allow-methods')).toBe('GET,POST');
    expect(header(response, 'access-control-max-age')).toBe('60');
    const other = await send(service, 'OPTIONS', '/do', { headers: { ...ask, Origin: 'https://evil.example' } });
    expect(other.headers.filter(([name]) => name.startsWith('access-control'))).toEqual([]);
    expect(service.lambda.starts).toBe(starts);
  });

  test('says who may read an answer, errors too, whatever the function says', async () => {
    const value = { statusCode: 200, headers: { 'Access-Control-Allow-Origin': 'https://else.example' }, body: '' };
    const sent = { headers: { Origin: ask.Origin, 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
    const response = await send(api, 'POST', '/do?do=answerFromBody', sent);
    expect(response.headers.filter(([name]) => /allow-origin/i.test(name))).toEqual([
      ['access-control-allow-origin', ask.Origin],
    ]);
    expect(
      header(await send(api, 'GET', '/nothing', { headers: { Origin: ask.Origin } }), 'access-control-allow-origin'),
    ).toBe(ask.Origin);
    expect(header(await send(api, 'GET', '/do?do=echo'), 'access-control-allow-origin')).toBeUndefined();
  });
});

test('signatures are asked for where the template does, when they are checked at all', async () => {
  const [strict, strictUrl] = [
    await open(undefined, { auth: { apiKey: 'k' } }),
    await open('function-url', { auth: { apiKey: 'k' } }),
  ];
  const signed = { headers: { Authorization: 'AWS4-HMAC-SHA256 Credential=…' } };
  expect((await send(strict, 'GET', '/items/special')).status).toBe(403);
  expect(json(await send(strict, 'GET', '/items/special'))).toEqual({ message: 'Forbidden' });
  expect((await send(strict, 'GET', '/items/special', signed)).status).toBe(200);
  expect((await send(strict, 'GET', '/items/1')).status).toBe(200);
  expect(json(await send(strictUrl, 'GET', '/'))).toEqual({ Message: 'Forbidden' });
  expect((await send(strictUrl, 'GET', '/', signed)).status).toBe(200);
  expect((await send(api, 'GET', '/items/special')).status).toBe(200);
});

test('throttling: by the template where it is kept to; a throttled function is 429 of a URL, 503 of an HTTP API', async () => {
  const slow = await open(undefined, { throttle: true });
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await send(slow, 'GET', '/do?do=echo')).status);
  expect(statuses).toEqual([200, 200, 429]);
  const reserved = [await open(undefined, {}, { Reserved: 0 }), await open('function-url', {}, { Reserved: 0 })];
  expect(await Promise.all(reserved.map(async (one) => (await send(one, 'GET', '/do')).status))).toEqual([503, 429]);
});

test('nothing that speaks HTTP: nothing is served, with a code', async () => {
  const folder = sampleFolder();
  edit(folder, 'template.yaml', (text) => text.replace(/^ {2}Api:\n[^]*$/m, ''));
  const service = track(await Service.open(folder, { log: () => undefined }));
  expect(service.front).toBeUndefined();
  expect(await codeOf(() => send(service, 'GET', '/'))).toBe('NOTHING_TO_SERVE');
  expect((await service.lambda.invoke('{"do":"tell"}')).kind).toBe('answered');
});
