import type { LookupFunction } from 'node:net';
import { request } from 'node:https';
import { policyOf } from '../../../../handler-template/src/inputs/https/policy.ts';
import { resolve } from '../../../../handler-template/src/inputs/https/resolve.ts';
import { download, type Web } from '../../../../handler-template/src/inputs/https/web.ts';
import { codeOf } from '../code-of.ts';
import { openedBy } from './count-sockets.ts';
import { LIMIT, NEVER } from '../limits.ts';
import { HostileServer } from './hostile-server.ts';
import { REFUSED_URLS } from './refused-urls.ts';

const real: Web = { resolve, request, policy: policyOf({ AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001' }) };

let server: HostileServer;
beforeEach(async () => (server = await new HostileServer().start()));
afterEach(() => server.stop());

const get = (...how: Parameters<HostileServer['get']>): Promise<Buffer> => server.get(...how);

describe('refused before anything is opened', () => {
  test.each(Object.entries(REFUSED_URLS))('%s', async (_reason, urls) => {
    for (const url of urls) {
      const opened = await openedBy(async () => {
        expect([url, await codeOf(download(real, url, LIMIT, NEVER))]).toEqual([url, '400 URL_REFUSED']);
      });
      expect([url, opened]).toEqual([url, []]);
    }
  });

  test('the count counts: one that is taken is a socket', async () => {
    const opened = await openedBy(() => get((response) => response.end('x')));
    expect(opened.filter((one) => one === 'TCPWRAP').length).toBeGreaterThan(0);
  });
});

describe('what a name resolves to', () => {
  const answering = (...answers: string[][]): Web['resolve'] => () => Promise.resolve(answers.shift() ?? []); // prettier-ignore

  test.each([['127.0.0.1'], ['169.254.169.254'], ['::1'], ['::ffff:10.0.0.1'], ['fd00:ec2::254'], ['no address']])(
    'a name that is %s is refused, and so is one that is this among others',
    async (inner) => {
      for (const addresses of [[inner], ['93.184.215.14', inner], [inner, '93.184.215.14']]) {
        const web = { ...real, resolve: answering(addresses) };
        const opened = await openedBy(async () =>
          expect(await codeOf(download(web, 'https://pictures.example/', LIMIT, NEVER))).toBe('400 URL_REFUSED'),
        );
        expect(opened).toEqual([]);
      }
    },
  );

  test('no address at all is refused', async () => {
    expect(await codeOf(download({ ...real, resolve: answering([]) }, 'https://a.example/', LIMIT, NEVER))).toBe(
      '400 URL_REFUSED',
    );
  });

  test('the address that was checked is the one that is connected to, whatever the name says the next time', async () => {
    // The first answer is the address that the policy lets through; the second would be another server's.
    const resolve = answering(['127.0.0.1'], ['127.0.0.2']);
    await expect(get((response) => response.end('checked'), server.web({ resolve }))).resolves.toEqual(
      Buffer.from('checked'),
    );
    expect(server.reached).toEqual(['127.0.0.1']);
    // A second request asks anew, and what has become of the name is refused.
    expect(await codeOf(get(() => undefined, server.web({ resolve })))).toBe('400 URL_REFUSED');
    expect(server.sockets).toHaveLength(1);
  });

  test('a name that is public at first and of this machine then: public is what is asked for', async () => {
    const asked: unknown[] = [];
    const web: Web = {
      ...real,
      resolve: answering(['93.184.215.14'], ['127.0.0.1']),
      request: ((_url: URL, { lookup }: { lookup: LookupFunction }) => {
        for (const options of [{ all: true }, { all: false }, {}]) {
          lookup('pictures.example', options as object, ((...answer: unknown[]) => asked.push(answer)) as never);
        }
        throw Object.assign(new Error('enough'), { code: 'ECONNREFUSED' });
      }) as unknown as Web['request'],
    };
    expect(await codeOf(download(web, 'https://pictures.example/', LIMIT, NEVER))).toBe('502 DOWNLOAD_BROKEN');
    expect(asked).toEqual([
      [null, [{ address: '93.184.215.14', family: 4 }]],
      [null, '93.184.215.14', 4],
      [null, '93.184.215.14', 4],
    ]);
  });

  test('a redirect to a name that has become inner is refused', async () => {
    const web = server.web({ resolve: answering(['127.0.0.1'], ['10.0.0.1']) });
    expect(await codeOf(get((response) => response.writeHead(302, { location: '/second' }).end(), web))).toBe(
      '400 URL_REFUSED',
    );
    expect(server.requests).toEqual(['/first']);
  });
});
