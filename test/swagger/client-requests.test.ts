import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { client } from '../../generator/render/client.ts';
import { digits, predict } from '../generator/template/blueprints.ts';
import { Folder } from '../models/files.ts';
import { CASES } from './client-cases.ts';
import { inNode, type ClientModule } from './loaded-client.ts';

const folder = new Folder();
/** What came, and what is answered next: a status with its body, or what else is done with a request. */
let seen: IncomingMessage[] = [];
let next: ((response: ServerResponse) => void)[] = [];
const server = createServer((request, response) => {
  seen.push(request);
  (next.shift() ?? status(200, '{"status":"ok"}'))(response);
});
let baseUrl: string;
let module: ClientModule;

const status =
  (code: number, body = '{"message":"No","code":"NO"}') =>
  (response: ServerResponse): void =>
    void response.writeHead(code, { 'x-amzn-RequestId': `id-${code}` }).end(body);
const cut = (response: ServerResponse): void => void response.destroy();
const silence = (): void => undefined;

beforeAll(async () => {
  module = inNode(folder.file('client.ts', client(digits, predict)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prod`;
});
beforeEach(() => {
  seen = [];
  next = [];
});
afterAll(async () => {
  folder.dispose();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test.each([
  ['429', status(429)],
  ['502', status(502)],
  ['503', status(503)],
  ['504', status(504)],
  ['a broken connection', cut],
])('%s is tried again', async (_, trouble) => {
  next = [trouble, trouble];
  expect(await module.createClient({ baseUrl }).health()).toEqual({ status: 'ok' });
  expect(seen).toHaveLength(3);
});

test('retries end', async () => {
  next = Array.from({ length: 5 }, () => status(429));
  await expect(module.createClient({ baseUrl, retries: 1 }).health()).rejects.toMatchObject({
    status: 429,
    code: 'NO',
    message: 'No',
    requestId: 'id-429',
  });
  expect(seen).toHaveLength(2);
  next = [cut];
  await expect(module.createClient({ baseUrl, retries: 0 }).health()).rejects.toMatchObject({ name: 'TypeError' });
  expect(seen).toHaveLength(3);
});

test.each([400, 403, 413, 415, 422, 500])('%i is final', async (code) => {
  next = [status(code)];
  await expect(module.createClient({ baseUrl }).health()).rejects.toMatchObject({ status: code, code: 'NO' });
  expect(seen).toHaveLength(1);
});

test.each(['<html>', '', 'null', '[]', '"text"'])('an error that says %j has no code of its own', async (body) => {
  next = [status(500, body)];
  await expect(module.createClient({ baseUrl }).health()).rejects.toMatchObject({ status: 500, code: 'UNKNOWN' });
});

test('who waits too long is told so', async () => {
  next = [silence];
  const waiting = module.createClient({ baseUrl, timeoutMs: 50 }).health();
  await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(seen.length).toBeLessThanOrEqual(1);
});

test.each([
  ['while it waits for an answer', silence],
  ['between attempts', status(503)],
])('a call can be ended %s', async (_, answer) => {
  const controller = new AbortController();
  const ending = (response: ServerResponse): void => {
    answer(response);
    setTimeout(() => controller.abort(), 20);
  };
  next = [ending, ...Array.from({ length: 20 }, () => status(503))];
  const call = module.createClient({ baseUrl, retries: 20 }).health({ signal: controller.signal });
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
});

test('a stage in the address, a key, headers and a fetch that signs are used', async () => {
  const asked: string[] = [];
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    asked.push(url);
    return globalThis.fetch(url, {
      ...init,
      headers: { ...(init.headers as object), Authorization: 'AWS4-HMAC-SHA256 x' },
    });
  };
  await module.createClient({ baseUrl: `${baseUrl}//`, apiKey: 'key', headers: { 'X-Trace': '1' }, fetch }).health();
  expect(asked).toEqual([`${baseUrl}/health`]);
  expect(seen[0]).toMatchObject({
    url: '/prod/health',
    method: 'GET',
    headers: { 'x-api-key': 'key', 'x-trace': '1', authorization: 'AWS4-HMAC-SHA256 x', accept: 'application/json' },
  });
});

test('an answer that is a picture comes as it is, of the type that is asked for', async () => {
  const { blueprint, predict: operation } = CASES['a picture for a picture'] ?? {};
  const { createClient } = inNode(folder.file('pictures.ts', client(blueprint ?? digits, operation)));
  const { predict: ask } = createClient({ baseUrl }) as unknown as {
    predict: (input: Uint8Array, call?: object) => Promise<Blob>;
  };
  for (const [call, accept] of [
    [undefined, 'image/png'],
    [{ accept: 'image/jpeg' }, 'image/jpeg'],
  ] as const) {
    next = [(response) => void response.writeHead(200, { 'Content-Type': accept }).end(Uint8Array.of(0, 255, 10))];
    const picture = await ask(Uint8Array.of(0xff, 0xd8, 0xff, 1), call);
    expect([picture.type, ...new Uint8Array(await picture.arrayBuffer())]).toEqual([accept, 0, 255, 10]);
    expect(seen.at(-1)?.headers).toMatchObject({ accept, 'content-type': 'image/jpeg', 'content-length': '4' });
  }
});
