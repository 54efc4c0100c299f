import { connect } from 'node:net';
import { request as httpRequest } from 'node:http';
import { jsonResponse, type GatewayRequest } from '../../harness/gateway/http.ts';
import { serve, type Served } from '../../harness/gateway/server.ts';
import { codeOf } from './sample.ts';

/** What the server handed on, last first. */
const seen: GatewayRequest[] = [];
const lines: string[] = [];
let server: Served;
let port: number;

beforeAll(async () => {
  server = await serve({
    port: 0,
    host: '127.0.0.1',
    log: (line) => lines.push(line),
    handle: async (request) => {
      seen.unshift(request);
      if (request.target === '/throw') throw new Error('a bug');
      if (request.target === '/late') await new Promise((resolve) => setTimeout(resolve, 300));
      return jsonResponse(request.body.length > 10_485_760 ? 413 : 200, { bytes: request.body.length }, [
        ['x-two', '1'],
        ['X-Two', '2'],
      ]);
    },
  });
  port = Number(new URL(server.url).port);
});
afterAll(() => server.close());

/** Sends bytes as they are and reads until the other side ends. */
const raw = (text: string | Buffer, more?: () => Buffer): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(answer));
    const pump = (): void => {
      if (more && !socket.destroyed && socket.writable) socket.write(more(), () => setImmediate(pump));
    };
    if (more) setTimeout(pump, 20);
  });

const isAlive = async (): Promise<void> => expect((await fetch(`${server.url}/still-there`)).status).toBe(200);

test('headers come through in their order and case', async () => {
  const text = await raw(
    'GET /a?b=c%20 HTTP/1.1\r\nHost: x\r\nX-MiXed: 1\r\nX-Twice: a\r\nX-Twice: b\r\nConnection: close\r\n\r\n',
  );
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(text.match(/x-two: /gi)).toHaveLength(2);
  expect(seen[0]).toMatchObject({
    method: 'GET',
    target: '/a?b=c%20',
    headers: [
      ['Host', 'x'],
      ['X-MiXed', '1'],
      ['X-Twice', 'a'],
      ['X-Twice', 'b'],
      ['Connection', 'close'],
    ],
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
  });
});

test.each([
  ['no HTTP at all', 'hello\r\n\r\n', 400],
  ['TLS', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00]), 400],
  ['a header without a colon', 'GET / HTTP/1.1\r\nHost x\r\n\r\n', 400],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
  [
    'length and chunks',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  ['a chunk that is none', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400],
  ['17 kB of headers', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(17_000)}\r\n\r\n`, 431],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
])('%s is answered and does no harm', async (_, text, status) => {
  expect(await raw(text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  await isAlive();
});

test('a client that goes away does no harm', async () => {
  for (const text of [
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf',
    'GET /late HTTP/1.1\r\nHost: x\r\n\r\n',
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text, () => setTimeout(() => socket.destroy(), 30)));
      socket.once('close', () => resolve());
    });
  }
  await new Promise((resolve) => setTimeout(resolve, 400));
  await isAlive();
});

test('several requests go over one connection, HEAD has no body', async () => {
  const text = await raw('HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  expect(text.match(/\{"bytes":0\}/g)).toHaveLength(1);
});

test('odd methods and targets are handed on', async () => {
  await raw('TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(seen[0]?.method).toBe('TRACE');
  await raw('OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(seen[0]?.target).toBe('*');
  await raw('GET http://other/path HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(seen[0]?.target).toBe('http://other/path');
});

test('50 MB in chunks are 413, and the connection is closed', async () => {
  const megabyte = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000), Buffer.from('\r\n')]);
  const text = await raw('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n', () => megabyte);
  expect(text).toMatch(/^HTTP\/1\.1 413 /);
  expect(text).toMatch(/Connection: close/i);
  await isAlive();
});

test('a length of 50 MB is 413 before any of it is sent', async () => {
  expect(await raw('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 52428800\r\n\r\n')).toMatch(/^HTTP\/1\.1 413 /);
  const expecting = await raw('POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 52428800\r\n\r\n');
  expect(expecting).toMatch(/^HTTP\/1\.1 413 /);
  expect(expecting).not.toMatch(/100 Continue/);
});

test('Expect: 100-continue is answered', async () => {
  const status = await new Promise<number>((resolve, reject) => {
    const request = httpRequest({
      port,
      host: '127.0.0.1',
      method: 'POST',
      headers: { Expect: '100-continue', 'Content-Length': 3 },
    });
    request.once('continue', () => request.end('abc'));
    request.once('response', (response) => resolve(response.resume().statusCode ?? 0));
    request.once('error', reject);
    request.flushHeaders();
  });
  expect(status).toBe(200);
  expect(seen[0]?.body.toString()).toBe('abc');
});

test('an error of our own is 500, without a word of it', async () => {
  const response = await fetch(`${server.url}/throw`);
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ message: 'Internal server error' });
  expect(lines.some((line) => line.includes('a bug'))).toBe(true);
});

test('a port in use has a code of its own', async () => {
  const options = {
    port,
    host: '127.0.0.1',
    handle: () => Promise.resolve(jsonResponse(200, {})),
    log: () => undefined,
  };
  expect(await codeOf(() => serve(options))).toBe('PORT_IN_USE');
  expect(await codeOf(() => serve({ ...options, port: 0, host: '256.1.1.1' }))).toBe('USAGE');
});
