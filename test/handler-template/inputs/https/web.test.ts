import { request } from 'node:https';
import { gzipSync } from 'node:zlib';
import { download, type Web } from '../../../../handler-template/src/inputs/https/web.ts';
import { codeOf } from '../code-of.ts';
import { LIMIT, NEVER } from '../limits.ts';
import { HostileServer, type Behaviour } from './hostile-server.ts';

let server: HostileServer;
beforeEach(async () => (server = await new HostileServer().start()));
afterEach(() => server.stop());

const get = (...how: Parameters<HostileServer['get']>): Promise<Buffer> => server.get(...how);

describe('redirects', () => {
  const after = (hops: number): Behaviour => (response, { url = '' }) => {
    const done = Number(/\d+$/.exec(url)?.[0] ?? 0);
    if (done === hops) response.end('there');
    else response.writeHead(302, { location: `/hop${done + 1}` }).end();
  }; // prettier-ignore

  test.each([0, 1, 3])('%i are followed', async (hops) => {
    expect(String(await get(after(hops)))).toBe('there');
    expect(server.requests).toHaveLength(hops + 1);
  });

  test('more than three are not', async () => {
    expect(await codeOf(get(after(4)))).toBe('400 URL_REFUSED');
    expect(server.requests).toHaveLength(4);
  });

  test.each([
    'https://169.254.169.254/latest/meta-data/',
    'https://[::ffff:a9fe:a9fe]/',
    'http://pictures.example/',
    'file:///etc/passwd',
    'data:,x',
    'https://user:password@pictures.example/',
    '//10.0.0.1/',
    'https://',
  ])('one to %s is refused', async (location) => {
    expect(await codeOf(get((response) => response.writeHead(307, { location }).end()))).toBe('400 URL_REFUSED');
    expect(server.requests).toEqual(['/first']);
    await server.deserted();
  });

  test('one without a place is a failure', async () => {
    expect(await codeOf(get((response) => response.writeHead(302).end()))).toBe('422 DOWNLOAD_FAILED');
  });
});

describe('what comes', () => {
  test('comes as it was sent, up to the limit', async () => {
    const whole = Buffer.alloc(LIMIT, 'abc');
    expect((await get((response) => response.end(whole))).equals(whole)).toBe(true);
  });

  test('what is larger by its own account is not waited for', async () => {
    const big: Behaviour = (response) => response.writeHead(200, { 'content-length': LIMIT + 1 }).write('x');
    expect(await codeOf(get(big))).toBe('413 DOWNLOAD_TOO_LARGE');
    await server.deserted();
  });

  test('50 MB in chunks: refused at the limit, the socket closed', async () => {
    let sent = 0;
    const endless: Behaviour = (response) => {
      const piece = Buffer.alloc(65_536);
      const send = (): void => {
        while (sent < 50e6 && !response.destroyed) {
          sent += piece.length;
          if (!response.write(piece)) return void response.once('drain', send);
        }
      };
      send();
    };
    expect(await codeOf(get(endless))).toBe('413 DOWNLOAD_TOO_LARGE');
    await server.deserted();
    expect(sent).toBeLessThan(50e6);
  });

  test.each(['gzip', 'br', 'deflate', 'x-gzip', 'gzip, identity'])('%s is refused', async (encoding) => {
    const bomb = gzipSync(Buffer.alloc(1_000_000));
    const packed: Behaviour = (response) => response.writeHead(200, { 'content-encoding': encoding }).end(bomb);
    expect(await codeOf(get(packed))).toBe('415 DOWNLOAD_ENCODED');
    await server.deserted();
  });

  test('identity is asked for, and taken', async () => {
    let asked: unknown;
    const plain: Behaviour = (response, { headers }) => {
      asked = headers['accept-encoding'];
      response.writeHead(200, { 'content-encoding': 'Identity' }).end('x');
    };
    expect(String(await get(plain))).toBe('x');
    expect(asked).toBe('identity');
  });

  test.each([
    [204, '422 DOWNLOAD_FAILED'],
    [206, '422 DOWNLOAD_FAILED'],
    [304, '422 DOWNLOAD_FAILED'],
    [401, '422 DOWNLOAD_FAILED'],
    [403, '422 DOWNLOAD_FAILED'],
    [404, '422 DOWNLOAD_FAILED'],
    [408, '502 DOWNLOAD_BROKEN'],
    [429, '502 DOWNLOAD_BROKEN'],
    [500, '502 DOWNLOAD_BROKEN'],
    [503, '502 DOWNLOAD_BROKEN'],
  ])('%i is %s', async (status, expected) => {
    expect(await codeOf(get((response) => response.writeHead(status).end()))).toBe(expected);
    await server.deserted();
  });

  test.each<[string, Behaviour]>([
    ['at once', (response) => response.destroy()],
    ['half-way', (response) => response.writeHead(200, { 'content-length': 10 }).write('half', () => response.destroy())],
    ['half-way in chunks', (response) => response.write('half', () => response.destroy())],
  ])('a connection that breaks %s is a failure that may pass', async (_when, behaviour) => {
    expect(await codeOf(get(behaviour))).toBe('502 DOWNLOAD_BROKEN');
  });
});

describe('who it is', () => {
  test('a certificate that nobody vouches for, or for another name, proves nothing', async () => {
    expect(await codeOf(get((response) => response.end('x'), server.web({ request })))).toBe('422 DOWNLOAD_FAILED');
    const other = server.url().replace(HostileServer.NAME, 'others.example');
    expect(await codeOf(download(server.web(), other, LIMIT, NEVER))).toBe('422 DOWNLOAD_FAILED');
    expect(server.requests).toEqual([]);
  });

  test('the root of all names and an address are the same host', async () => {
    for (const host of [`${HostileServer.NAME}.`, '127.0.0.1', '2130706433']) {
      expect(String(await download(server.web(), `https://${host}:${server.port}/`, LIMIT, NEVER))).toBe('whole');
    }
  });

  test('a name that is not there is a failure of the URL', async () => {
    const resolve: Web['resolve'] = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    expect(await codeOf(get(() => undefined, server.web({ resolve })))).toBe('422 DOWNLOAD_FAILED');
  });
});
