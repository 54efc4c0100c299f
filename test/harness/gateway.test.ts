import type { GatewayResponse } from '../../harness/gateway/http.ts';
import type { Service } from '../../harness/service.ts';
import { closeServices, header, json, openService, send } from './sample-service.ts';

let service: Service;
beforeAll(async () => {
  service = await openService();
});
afterAll(closeServices);

describe('answers of API Gateway itself', () => {
  test.each([
    ['no such path', 'GET', '/nothing', {}, 403, 'Missing Authentication Token'],
    ['no such method', 'GET', '/echo', {}, 403, 'Missing Authentication Token'],
    ['a method that HTTP does not know', 'BREW', '/echo', {}, 403, 'Missing Authentication Token'],
    ['a path that is no UTF-8', 'GET', '/items/%E0%A4%A', {}, 400, 'Bad Request'],
    ['parameters that are missing', 'POST', '/echo', {}, 400, 'Missing required request parameters: [X-Needed, top]'],
    ['one that is missing', 'POST', '/echo?top=1', {}, 400, 'Missing required request parameters: [X-Needed]'],
  ])('%s', async (_, method, target, sent, status, message) => {
    const response = await send(service, method, target, sent);
    expect(response.status).toBe(status);
    expect(json(response)).toEqual({ message });
    expect(header(response, 'access-control-allow-origin')).toBe('*');
    expect(header(response, 'content-type')).toBe('application/json');
    expect(header(response, 'x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/);
  });

  test('headers of a gateway response may come from the request', async () => {
    const response = await send(service, 'GET', '/nothing', { headers: { 'x-caller': 'me' } });
    expect(header(response, 'x-asked-by')).toBe('me');
  });

  test('a mock integration answers a preflight', async () => {
    const response = await send(service, 'OPTIONS', '/echo', { headers: { Origin: 'https://example.com' } });
    expect(response).toMatchObject({ status: 204, body: Buffer.alloc(0) });
    expect(header(response, 'access-control-allow-methods')).toBe('POST,OPTIONS');
  });
});

describe('the body validator', () => {
  const post = (body: string, type?: string): Promise<GatewayResponse> =>
    send(service, 'POST', '/checked?do=echo', { body, headers: type === undefined ? {} : { 'Content-Type': type } });

  test.each([
    '',
    '{',
    '[]',
    '{}',
    '{"image":7}',
    '{"image":""}',
    '{"image":"x","top":0}',
    '{"image":"x","top":1.5}',
    '{"image":"x","__proto__":1}',
    `${'['.repeat(200_000)}`,
    `{"image":"x","nested":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
  ])('refuses %.40s', async (body) => {
    const response = await post(body, 'application/json; charset=utf-8');
    expect(response.status).toBe(400);
    expect(json(response)).toMatchObject({ message: 'Invalid request body', code: 'BAD_REQUEST_BODY' });
  });

  test.each(['{"image":"x"}', '{"image":"x","top":5,"note":null}', '{"image":"x","nested":[[],[[]]]}'])(
    'takes %s',
    async (body) => {
      expect((await post(body, 'application/json')).status).toBe(200);
      // No Content-Type counts as JSON.
      expect((await post(body)).status).toBe(200);
    },
  );

  test('does not look at media types that the document does not name, nor at those without a schema', async () => {
    expect((await post('{', 'text/plain')).status).toBe(200);
    expect((await post('{', 'image/png')).status).toBe(200);
  });
});

describe('limits', () => {
  test('an integration that takes too long is 504', async () => {
    const begun = performance.now();
    const response = await send(service, 'GET', '/slow?do=wait&ms=2000');
    expect(performance.now() - begun).toBeLessThan(1_500);
    expect(response.status).toBe(504);
    expect(json(response)).toEqual({ message: 'Endpoint request timed out' });
    expect(header(response, 'access-control-allow-origin')).toBe('*');
  });

  test('a body over 10 MB and an event over 6,291,556 bytes are 413; the function is not run', async () => {
    const fresh = await openService({ Memory: 512 });
    const type = { 'Content-Type': 'image/png' };
    for (const body of [Buffer.alloc(10_485_761), Buffer.alloc(5_000_000)]) {
      const response = await send(fresh, 'POST', '/do', { body, headers: type });
      expect(response.status).toBe(413);
      expect(json(response)).toEqual({ message: 'Request Too Long' });
    }
    expect(fresh.lambda.starts).toBe(0);
    expect((await send(fresh, 'POST', '/do?do=answer', { body: Buffer.alloc(4_600_000), headers: type })).status).toBe(
      502,
    );
    expect(fresh.lambda.starts).toBe(1);
  });

  test("throttled requests are 429, by the template's MethodSettings", async () => {
    const slow = await openService({ Rate: 1, Burst: 3 }, { throttle: true });
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await send(slow, 'OPTIONS', '/echo')).status);
    expect(statuses).toEqual([204, 204, 204, 429, 429]);
    expect(json(await send(slow, 'OPTIONS', '/echo'))).toEqual({ message: 'Too Many Requests' });
    expect((await send(slow, 'GET', '/items/special')).status).toBe(200);
  });

  test('a throttled function is 500, as API Gateway has it', async () => {
    const reserved = await openService({ Reserved: 0 });
    expect((await send(reserved, 'GET', '/items/1')).status).toBe(500);
  });
});

describe('authorisation', () => {
  test('is not checked unless asked for', async () => {
    expect((await send(service, 'GET', '/key')).status).toBe(200);
    expect((await send(service, 'GET', '/items/special')).status).toBe(200);
  });

  test('is checked as far as it can be', async () => {
    const guarded = await openService({}, { auth: { apiKey: 'the key' } });
    const status = async (target: string, headers: Record<string, string> = {}): Promise<number> =>
      (await send(guarded, 'GET', target, { headers })).status;
    const missing = await send(guarded, 'GET', '/items/special');
    expect(missing.status).toBe(403);
    expect(json(missing)).toEqual({ message: 'Missing Authentication Token' });
    expect(await status('/items/special', { Authorization: 'Basic x' })).toBe(403);
    expect(await status('/items/special', { Authorization: 'AWS4-HMAC-SHA256 Credential=x' })).toBe(200);
    expect(await status('/items/1')).toBe(200);
    expect(json(await send(guarded, 'GET', '/key'))).toEqual({ message: 'Forbidden' });
    expect(await status('/key', { 'x-api-key': 'another' })).toBe(403);
    expect(await status('/key', { 'X-API-Key': 'the key' })).toBe(200);
  });
});
