import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { hostCredentials } from '../../harness/credentials.ts';
import { Service } from '../../harness/service.ts';
import { HostileServer, type Behaviour } from '../handler-template/inputs/https/hostile-server.ts';
import { REFUSED_URLS } from '../handler-template/inputs/https/refused-urls.ts';
import { S3Server } from '../handler-template/s3-server.ts';
import { DIGITS, golden } from '../rig/digits.ts';
import { ROOT } from '../rig/paths.ts';
import { makeProject } from '../zoo/protocol.ts';

/** Projects that the generator made, run as they would be: what reaches out of them is counted from inside, by the user's own file. */
const SEVEN = readFileSync(`${DIGITS}/seven.png`);
const BASE64 = SEVEN.toString('base64');

const COUNTING = `import { createHook } from 'node:async_hooks';
import { ServiceError } from './errors.ts';
import type { Hooks } from './hooks.ts';

const opened: string[] = [];
createHook({
  init: (_id, type) => {
    if (['TLSWRAP', 'GETADDRINFOREQWRAP', 'UDPWRAP', 'QUERYWRAP'].includes(type)) opened.push(type);
  },
}).enable();

export const hooks: Hooks = {
  beforeDecoding(incoming) {
    if (incoming.kind === 'json' && (incoming.value as { count?: true }).count) {
      throw new ServiceError('INVALID_REQUEST', JSON.stringify(opened));
    }
  },
};
`;

interface Asked {
  readonly status: number;
  readonly body: { code?: string; message: string; predictions?: readonly { className: string }[] };
}
type Ask = (event: unknown) => Promise<Asked>;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'inputs-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** @param sources files in src/ that are a test's own */
async function running(
  flags: readonly string[],
  { env = {}, sources = {} }: { env?: NodeJS.ProcessEnv; sources?: Readonly<Record<string, string>> },
  use: (ask: Ask, service: Service) => Promise<void>,
): Promise<void> {
  const project = join(root, 'api');
  await makeProject(project, flags);
  for (const [path, text] of Object.entries(sources)) writeFileSync(join(project, 'src', path), text);
  const service = await Service.open(project, {
    log: () => undefined,
    variables: ({ function: fn }) => hostCredentials(env, fn),
  });
  try {
    await use(async (event) => {
      const { status, body } = await service.handle({
        method: 'POST',
        target: '/predict',
        headers: [['content-type', 'application/json']],
        body: Buffer.from(typeof event === 'string' ? event : JSON.stringify(event)),
        sourceIp: '127.0.0.1',
        protocol: 'HTTP/1.1',
      });
      return { status, body: JSON.parse(body.toString()) as Asked['body'] };
    }, service);
  } finally {
    await service.close();
  }
}

/** What a server may do that a URL leads to, and what comes of it. */
const DOWNLOADS: Readonly<Record<string, readonly [Behaviour, string]>> = {
  'a redirect to a private address': [redirect('https://169.254.169.254/'), '400 URL_REFUSED'],
  'a redirect to another scheme': [redirect('http://pictures.example/'), '400 URL_REFUSED'],
  'a redirect to itself': [redirect('/'), '400 URL_REFUSED'],
  gzip: [(response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'), '415 DOWNLOAD_ENCODED'],
  '50 MB by its own account': [
    (response) => response.writeHead(200, { 'content-length': 50e6 }).write('x'),
    '413 DOWNLOAD_TOO_LARGE',
  ],
  '50 MB in chunks': [(response) => Readable.from(chunks(50e6)).pipe(response), '413 DOWNLOAD_TOO_LARGE'],
  '1 byte a second': [
    (response) => {
      const timer = setInterval(() => response.write('x'), 1000);
      response.on('close', () => clearInterval(timer));
    },
    '504 DOWNLOAD_TIMEOUT',
  ],
  'no answer': [() => undefined, '504 DOWNLOAD_TIMEOUT'],
  'a connection that breaks': [(response) => response.destroy(), '502 DOWNLOAD_BROKEN'],
  'nothing there': [(response) => response.writeHead(404).end(), '422 DOWNLOAD_FAILED'],
  'a server that fails': [(response) => response.writeHead(500).end(), '502 DOWNLOAD_BROKEN'],
  HTML: [(response) => response.end('<html></html>'), '415 UNSUPPORTED_PICTURE'],
  nothing: [(response) => response.end(), '415 UNSUPPORTED_PICTURE'],
  'half a picture': [(response) => response.end(SEVEN.subarray(0, SEVEN.length / 2)), '422 UNREADABLE_PICTURE'],
};

function redirect(location: string): Behaviour {
  return (response) => response.writeHead(302, { location }).end();
}

function* chunks(size: number): Generator<Buffer> {
  for (let sent = 0; sent < size; sent += 65_536) yield Buffer.alloc(65_536);
}

const digits = (input: string): string[] => [
  '--model',
  `${DIGITS}/digits.onnx`,
  '--labels',
  `${DIGITS}/labels.txt`,
  '--input',
  input,
];
const said = ({ status, body }: Asked): string => `${status} ${body.code ?? body.predictions?.[0]?.className}`;

test('https: what is refused is 400, over HTTP and directly, and nothing is opened for it', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  let reached = 0;
  listener.on('connection', () => (reached += 1));
  const { port } = listener.address() as { port: number };
  await running(digits('https'), { sources: { 'customize.ts': COUNTING } }, async (ask, service) => {
    for (const url of [...Object.values(REFUSED_URLS).flat(), `https://127.0.0.1:${port}/`, 's3://pictures/x']) {
      // An empty one is refused by the schema, before anybody looks at it.
      const expected = url === '' ? 'INVALID_REQUEST' : 'URL_REFUSED';
      const { status, body } = await ask({ url });
      expect([url, status, body.message]).toEqual([url, 400, expect.any(String)]);
      const { payload } = await service.lambda.invoke(JSON.stringify({ url }));
      expect([url, (JSON.parse(payload) as { errorType: string }).errorType]).toEqual([url, expected]);
    }
    const { payload } = await service.lambda.invoke('{"count":true}');
    expect(JSON.parse(payload)).toMatchObject({ errorMessage: '[]' });
    expect(reached).toBe(0);

    for (const wrong of [
      {},
      { url: 'https://example.com/', image: BASE64 },
      { url: 1 },
      { url: ['https://example.com/'] },
      { url: 'https://example.com/', key: 'x' },
      '{"url": "https://example.com/", "__proto__": {"top": 1}}',
    ])
      expect([wrong, (await ask(wrong)).status]).toEqual([wrong, 400]);
    expect(said(await ask({ image: BASE64 }))).toBe(`200 ${golden['seven.png']?.className}`);
  });
  listener.close();
}, 240_000);

test('https: a picture that is fetched is answered as one that was sent', async () => {
  const server = await new HostileServer().start();
  const { ca, port } = { ca: server.certificate, port: server.port };
  const way = `import { request } from 'node:https';
import type { Way } from '../named.ts';
import { download } from './web.ts';

const policy = { allowsAddress: (one: string) => one === '127.0.0.1', allowsHost: () => true, port: '${port}' } as const;
const trusting = ((url: URL, options: object, answered: () => void) =>
  request(url, { ...options, ca: ${JSON.stringify(ca)} }, answered)) as typeof request;
const web = { resolve: () => Promise.resolve(['127.0.0.1']), request: trusting, policy };
export const https: Way = { scheme: 'https:', fetch: (...of) => download(web, ...of) };
`;
  const sources = { 'customize.ts': COUNTING, 'inputs/https/way.ts': way };
  await running(digits('https'), { sources }, async (ask, service) => {
    server.behaviour = (response) => response.end(SEVEN);
    const sent = await ask({ image: BASE64, top: 3 });
    expect(await ask({ url: server.url('/seven.png'), top: 3 })).toEqual(sent);
    const { payload } = await service.lambda.invoke('{"count":true}');
    expect((JSON.parse(payload) as { errorMessage: string }).errorMessage).toContain('TLSWRAP');

    for (const [what, [behaviour, expected]] of Object.entries(DOWNLOADS)) {
      server.behaviour = behaviour;
      expect([what, said(await ask({ url: server.url() }))]).toEqual([what, expected]);
    }
    await server.deserted();
  });
  await server.stop();
}, 240_000);

test('s3: an object is read where it may be and nowhere else; without a way to AWS what is sent is answered all the same', async () => {
  const server = new S3Server(SEVEN);
  const env = await server.start();
  await running(digits('s3://pictures,s3://archive/2024/'), { env }, async (ask) => {
    for (const url of ['s3://pictures/a+b%20c', 's3://archive/2024/x']) {
      server.will([]);
      expect([url, said(await ask({ url }))]).toEqual([url, '200 seven']);
      expect(server.requests).toHaveLength(1);
    }
    server.will([]);
    for (const url of ['s3://others/x', 's3://archive/2023/x', 's3://pictures', 'https://example.com/'])
      expect([url, said(await ask({ url }))]).toEqual([url, '400 URL_REFUSED']);
    expect(server.requests).toEqual([]);
    server.will([], { kind: 'refused', status: 404, code: 'NoSuchKey' });
    expect(said(await ask({ url: 's3://pictures/x' }))).toBe('422 DOWNLOAD_FAILED');
    server.will([], { kind: 'refused', status: 500, code: 'InternalError' });
    expect(said(await ask({ url: 's3://pictures/x' }))).toBe('503 STORE_UNAVAILABLE');
    expect(server.requests).toHaveLength(3);
  });
  await server.stop();
  await running([...digits('s3://pictures'), '--overwrite'], {}, async (ask) => {
    expect(said(await ask({ image: BASE64 }))).toBe('200 seven');
  });
}, 240_000);

test('s3: a document of numbers is the request, in the dialect of its clients', async () => {
  const { rows, regression } = JSON.parse(readFileSync(`${ROOT}fixtures/wine/golden.json`, 'utf8')) as {
    rows: number[][];
    regression: number[];
  };
  for (const dialect of ['standard', 'message']) {
    const server = new S3Server(Buffer.from(JSON.stringify({ input_X: rows[0] })));
    const env = await server.start();
    const flags = ['--model', `${ROOT}fixtures/wine/regression.onnx`, '--input', 's3://rows', '--dialect', dialect];
    await running([...flags, '--overwrite'], { env }, async (ask) => {
      const named = await ask({ url: 's3://rows/first.json' });
      expect(named).toEqual(await ask({ input_X: rows[0] }));
      expect(JSON.stringify(named.body)).toContain(String(Math.trunc(regression[0] as number)));
      expect((await ask({ url: 's3://rows/first.json', input_X: rows[0] })).status).toBe(400);
    });
    await server.stop();
  }
}, 240_000);
