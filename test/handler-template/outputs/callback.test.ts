import type { IncomingMessage } from 'node:http';
import { policyOf } from '../../../handler-template/src/inputs/https/policy.ts';
import type { Web } from '../../../handler-template/src/inputs/https/ask.ts';
import { post } from '../../../handler-template/src/outputs/callback/post.ts';
import { toCallback } from '../../../handler-template/src/outputs/callback/handler.ts';
import { codeOf } from '../inputs/code-of.ts';
import { HostileServer, type Behaviour } from '../inputs/https/hostile-server.ts';

const LONG = 30_000;

let server: HostileServer;
beforeEach(async () => (server = await new HostileServer().start()));
afterEach(() => server.stop());

/** What went wrong with an answer that is posted to a server that behaves so. */
async function posted(behaviour: Behaviour, left = LONG, web: Web = server.web()): Promise<string> {
  server.behaviour = behaviour;
  return codeOf(post(web, server.url('/answers'), { method: 'POST', body: '{}' }, left));
}

const inTurn = (...behaviours: readonly Behaviour[]): Behaviour => {
  let at = 0;
  return (...args) => behaviours[Math.min(at++, behaviours.length - 1)]?.(...args);
};
const status =
  (code: number, headers = {}): Behaviour =>
  (response) =>
    response.writeHead(code, headers).end();
const broken: Behaviour = (response) => response.destroy();

test('an answer comes as JSON with its id as the key that makes it one', async () => {
  const seen: { headers: IncomingMessage['headers']; body: string }[] = [];
  server.behaviour = (response, request) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      seen.push({ headers: request.headers, body });
      response.writeHead(204).end();
    });
  };
  const output = toCallback({ OUTPUT_CALLBACK: server.url('/answers') }, server.web());
  const answer = { kind: 'json', body: { predictions: ['ü'] } } as const;
  await output.prepare({ origin: { id: 'id-1', name: 'a/b.png', trigger: 's3' }, answer })();
  await output.prepare({ origin: { id: 'a b\n', name: 'x', trigger: 'sqs', hops: 2 }, answer })();
  expect(seen.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    { id: 'id-1', name: 'a/b.png', trigger: 's3', hops: 1, answer: { predictions: ['ü'] } },
    { id: 'a b\n', name: 'x', trigger: 'sqs', hops: 3, answer: { predictions: ['ü'] } },
  ]);
  expect(seen[0]?.headers).toMatchObject({ 'idempotency-key': 'id-1', 'content-type': 'application/json' });
  expect(seen[1]?.headers['idempotency-key']).toMatch(/^[0-9a-f]{64}$/);
});

test.each<[string, Behaviour]>([
  ['500', status(500)],
  ['503', status(503)],
  ['429', status(429, { 'retry-after': '0' })],
  ['408', status(408)],
  ['a connection that breaks', broken],
])('%s is tried again, and four times at most', async (_, behaviour) => {
  expect(await posted(inTurn(behaviour, behaviour, status(200)))).toBe('nothing');
  expect(server.requests).toHaveLength(3);
  server.requests.length = 0;
  expect(await posted(behaviour)).toBe('503 OUTPUT_UNAVAILABLE');
  expect(server.requests).toHaveLength(4);
});

test.each([400, 401, 404, 409, 410, 413])('%i is not tried again', async (code) => {
  expect(await posted(status(code))).toBe('502 OUTPUT_FAILED');
  expect(server.requests).toHaveLength(1);
});

test.each([301, 302, 307, 308])('a redirect (%i) is not followed', async (code) => {
  expect(await posted(status(code, { location: server.url('/elsewhere') }))).toBe('502 OUTPUT_FAILED');
  expect(server.requests).toEqual(['/answers']);
});

test('a host that wants more time than there is is not waited for', async () => {
  expect(await posted(status(429, { 'retry-after': '3600' }))).toBe('503 OUTPUT_UNAVAILABLE');
  expect(server.requests).toHaveLength(1);
});

test('a host that says nothing is left when time is up', async () => {
  expect(await posted(() => undefined, 300)).toBe('503 OUTPUT_UNAVAILABLE');
  expect(server.requests).toHaveLength(1);
});

test('a certificate that proves nothing is no host to tell', async () => {
  const { request } = await import('node:https');
  expect(await posted(status(200), LONG, { ...server.web(), request })).toBe('502 OUTPUT_FAILED');
  expect(server.requests).toEqual([]);
});

test.each([
  'https://169.254.169.254/',
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://localhost/',
  'https://2130706433/',
  'http://example.com/',
  'https://user:password@example.com/',
  'https://example.com:8443/',
  'file:///etc/passwd',
])('%s is never asked', async (url) => {
  const web: Web = { ...server.web(), policy: policyOf({}) };
  expect(await codeOf(post(web, url, { method: 'POST', body: '{}' }, LONG))).toBe('502 OUTPUT_FAILED');
  expect(server.sockets).toHaveLength(0);
});

test('a public name that is a private address is never asked', async () => {
  const web: Web = { ...server.web(), policy: policyOf({}), resolve: () => Promise.resolve(['10.0.0.1']) };
  expect(await codeOf(post(web, 'https://example.com/', { method: 'POST', body: '{}' }, LONG))).toBe(
    '502 OUTPUT_FAILED',
  );
  expect(server.sockets).toHaveLength(0);
});

test('an answer over the limit is refused before anything is sent', () => {
  const output = toCallback({ OUTPUT_CALLBACK: server.url('/') }, server.web());
  const body = { predictions: 'x'.repeat(6_291_556) };
  expect(() =>
    output.prepare({ origin: { id: 'i', name: 'n', trigger: 's3' }, answer: { kind: 'json', body } }),
  ).toThrow(expect.objectContaining({ code: 'OUTPUT_TOO_LARGE' }) as Error);
  expect(server.requests).toEqual([]);
});
