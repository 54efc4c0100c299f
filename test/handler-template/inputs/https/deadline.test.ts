import { once } from 'node:events';
import { createServer } from 'node:net';
import { download, type Web } from '../../../../handler-template/src/inputs/https/web.ts';
import { codeOf } from '../code-of.ts';
import { LIMIT } from '../limits.ts';
import { HostileServer, type Behaviour } from './hostile-server.ts';

let server: HostileServer;
beforeEach(async () => (server = await new HostileServer().start()));
afterEach(() => server.stop());

const get = (...how: Parameters<HostileServer['get']>): Promise<Buffer> => server.get(...how);

/** Passes when the server has come as far as a test wants. */
const passing = (): { signal: AbortSignal; pass: () => void } => {
  const controller = new AbortController();
  return { signal: controller.signal, pass: () => controller.abort(new Error('late')) };
};

test('covers one byte a second', async () => {
  const { signal, pass } = passing();
  let sent = 0;
  const drip: Behaviour = (response) => {
    response.writeHead(200, { 'content-length': LIMIT });
    const timer = setInterval(() => response.write('x', () => ++sent === 5 && pass()), 5);
    response.on('close', () => clearInterval(timer));
  };
  expect(await codeOf(get(drip, server.web(), signal))).toBe('504 DOWNLOAD_TIMEOUT');
  await server.deserted();
});

test('covers headers that do not end', async () => {
  const { signal, pass } = passing();
  const headless: Behaviour = (response) => {
    response.socket?.write('HTTP/1.1 200 OK\r\nX-A: ', pass);
  };
  expect(await codeOf(get(headless, server.web(), signal))).toBe('504 DOWNLOAD_TIMEOUT');
  await server.deserted();
});

test('covers a name that is looked for without end', async () => {
  const { signal, pass } = passing();
  const resolve: Web['resolve'] = () => {
    pass();
    return new Promise(() => undefined);
  };
  expect(await codeOf(get(() => undefined, server.web({ resolve }), signal))).toBe('504 DOWNLOAD_TIMEOUT');
  expect(server.sockets).toEqual([]);
});

test('covers a handshake that nobody answers', async () => {
  const { signal, pass } = passing();
  const silent = createServer(pass).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  const web = server.web({ policy: { ...server.web().policy, port: `${port}` } });
  expect(await codeOf(download(web, `https://pictures.example:${port}/`, LIMIT, signal))).toBe('504 DOWNLOAD_TIMEOUT');
  silent.close();
  await once(silent, 'close');
});

test('covers redirects, one after the other', async () => {
  const { signal, pass } = passing();
  const behaviour: Behaviour = (response, { url }) => {
    if (url === '/first') response.writeHead(302, { location: '/second' }).end();
    else pass();
  };
  expect(await codeOf(get(behaviour, server.web(), signal))).toBe('504 DOWNLOAD_TIMEOUT');
  expect(server.requests).toEqual(['/first', '/second']);
});

test('that has passed lets nothing begin', async () => {
  const { signal, pass } = passing();
  pass();
  expect(await codeOf(get(() => undefined, server.web(), signal))).toBe('504 DOWNLOAD_TIMEOUT');
  expect(server.sockets).toEqual([]);
});
