import type { GatewayResponse } from '../../harness/gateway/http.ts';
import type { Service } from '../../harness/service.ts';
import { closeServices, header, json, openService, send } from './sample-service.ts';

let service: Service;
beforeAll(async () => {
  service = await openService();
});
afterAll(closeServices);

describe('the event', () => {
  test('has all that a proxy event has', async () => {
    const response = await send(service, 'GET', '/items/a%20b/?x=1&x=2+2&e=%C3%A4&flag', {
      headers: {
        Host: 'api.example:8080',
        Accept: '*/*',
        'X-Two': '1',
        'x-two': '2',
        'User-Agent': 'me',
        Connection: 'close',
      },
    });
    expect(response.status).toBe(200);
    const event = json(response) as {
      headers: Record<string, string>;
      requestContext: { requestTime: string; requestId: string };
    };
    expect(event).toMatchObject({
      resource: '/items/{id}',
      path: '/items/a%20b/',
      httpMethod: 'GET',
      headers: {
        Host: 'api.example:8080',
        'X-Two': '2',
        'X-Forwarded-For': '127.0.0.1',
        'X-Forwarded-Port': '8080',
        'X-Forwarded-Proto': 'http',
      },
      multiValueHeaders: { 'X-Two': ['1', '2'], Accept: ['*/*'] },
      queryStringParameters: { x: '2 2', e: 'ä', flag: '' },
      multiValueQueryStringParameters: { x: ['1', '2 2'], e: ['ä'], flag: [''] },
      pathParameters: { id: 'a b' },
      stageVariables: null,
      requestContext: {
        resourcePath: '/items/{id}',
        httpMethod: 'GET',
        path: '/dev/items/a%20b/',
        stage: 'dev',
        protocol: 'HTTP/1.1',
        accountId: '123456789012',
        identity: { sourceIp: '127.0.0.1', userAgent: 'me' },
      },
      body: null,
      isBase64Encoded: false,
    });
    expect(event.headers).not.toHaveProperty('Connection');
    expect(event.requestContext.requestTime).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(event.requestContext.requestId).toBe(header(response, 'x-amzn-requestid'));
  });

  test('has null where there is no query or parameter', async () => {
    expect(json(await send(service, 'GET', '/items/special'))).toMatchObject({
      resource: '/items/special',
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
    });
    expect(json(await send(service, 'GET', '/files/a/b/c'))).toMatchObject({
      resource: '/files/{proxy+}',
      pathParameters: { proxy: 'a/b/c' },
    });
  });

  test.each([
    ['image/png', true],
    ['IMAGE/webp; q=1', true],
    ['application/json', false],
    ['text/plain', false],
  ])('a body of %s is base64: %s', async (type, isBinary) => {
    const bytes = Buffer.from([0x41, 0xc3, 0xa4]);
    const event = json(await send(service, 'POST', '/do', { body: bytes, headers: { 'Content-Type': type } }));
    expect(event).toMatchObject({ isBase64Encoded: isBinary, body: isBinary ? bytes.toString('base64') : 'Aä' });
  });
});

describe("the function's answer", () => {
  const answered = (answer: unknown, headers: Record<string, string> = {}): Promise<GatewayResponse> =>
    send(service, 'POST', '/do?do=answerFromBody', {
      body: JSON.stringify(answer),
      headers: { 'Content-Type': 'application/json', ...headers },
    });

  test.each([
    ['a missing statusCode is 200', { body: 'x' }, 200, 'x'],
    ['nothing at all is 200', {}, 200, ''],
    ['a statusCode as text', { statusCode: '418', body: 'x' }, 418, 'x'],
    ['body null', { statusCode: 200, body: null }, 200, ''],
    ['base64 for a client that takes no picture stays text', { isBase64Encoded: true, body: 'AAEC' }, 200, 'AAEC'],
  ])('%s', async (_, answer, status, body) => {
    const response = await answered(answer);
    expect(response.status).toBe(status);
    expect(response.body.toString()).toBe(body);
    expect(header(response, 'content-type')).toBe('application/json');
  });

  test('headers of both maps are sent, those of the gateway are renamed', async () => {
    const response = await answered({
      headers: { 'content-type': 'text/x', 'X-One': 1, 'X-Both': 'no', 'Content-Length': '7', Connection: 'close' },
      multiValueHeaders: { 'x-both': ['a', 'b'] },
    });
    expect(response.headers).toEqual(
      expect.arrayContaining([
        ['content-type', 'text/x'],
        ['X-One', '1'],
        ['x-both', 'a'],
        ['x-both', 'b'],
        ['x-amzn-Remapped-Content-Length', '7'],
      ]),
    );
    expect(header(response, 'content-length')).toBeUndefined();
  });

  test.each([
    ['null', null],
    ['text', 'hello'],
    ['a list', [200]],
    ['a number', 200],
    ['an unknown field', { statusCode: 200, body: '', cookies: [] }],
    ['a body that is an object', { statusCode: 200, body: { a: 1 } }],
    ['a statusCode that is none', { statusCode: 'ok' }],
    ['a statusCode out of range', { statusCode: 700 }],
    ['a header that is an object', { headers: { a: {} } }],
    ['a header with a line end', { headers: { a: 'x\r\nset-cookie: y' } }],
    ['a header whose name is none', { headers: { 'a b': 'x' } }],
  ])('%s is 502', async (_, answer) => {
    const response = await answered(answer);
    expect(response.status).toBe(502);
    expect(json(response)).toEqual({ message: 'Internal server error' });
    expect(header(response, 'access-control-allow-origin')).toBe('*');
  });

  test.each(['throw', 'abort', 'segfault', 'exit'])('a function that does %s is 502', async (what) => {
    expect(await send(service, 'GET', `/do?do=${what}`)).toMatchObject({ status: 502 });
  });

  test('base64 is decoded for a client whose first Accept is binary', async () => {
    const response = await answered({ isBase64Encoded: true, body: 'AAEC' }, { Accept: 'image/png, text/html' });
    expect(response.body).toEqual(Buffer.from([0, 1, 2]));
    expect(
      (await answered({ isBase64Encoded: true, body: 'AAEC' }, { Accept: 'text/html, image/png' })).body.toString(),
    ).toBe('AAEC');
  });

  test('bad base64 is 500', async () => {
    const response = await answered({ isBase64Encoded: true, body: 'not base64!!@@' }, { Accept: 'image/png' });
    expect(response.status).toBe(500);
    expect(json(response)).toEqual({ message: 'Internal server error' });
  });
});
