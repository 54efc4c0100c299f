import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bringModel, patienceFrom, type Patience, type Wanted } from '../../handler-template/src/remote-model/download.ts';
import { bringObject } from '../../handler-template/src/s3/bring.ts';
import { openObject } from '../../handler-template/src/s3/object.ts';
import { fetched, pinnedBy } from '../../handler-template/src/web-model/located.ts';
import { openWeb } from '../../handler-template/src/web-model/web.ts';
import { model as digits } from '../../handler-template/src/model.ts';
import { writeTar } from '../generator/formats/write-tar.ts';
import { apiEvent, bodyOf, DIGITS, picture, Service } from './service.ts';

const weights = randomBytes(300_001);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** As SageMaker's: code beside the model, names that begin with ./, a link that nobody needs. */
const tar = writeTar([
  { name: './', type: '5' },
  { name: './code/inference.py', data: 'print()' },
  { name: './latest', type: '2', link: 'model' },
  { name: './model/net.onnx', data: 'net' },
  { name: './model/weights.bin', data: weights },
]);
const tarGz = gzipSync(tar);
/** As `deploy` packs them. */
const ours = writeTar([{ name: 'model.onnx', data: weights }]);

/** What the server does at a path. Those that are hostile never let go by themselves. */
const ANSWERS: Readonly<Record<string, RequestListener>> = {
  '/weights': (_, response) => void response.end(weights),
  '/chunked': (_, response) => void (response.write(weights.subarray(0, 1000)), response.end(weights.subarray(1000))),
  '/model.tar': (_, response) => void response.end(tar),
  '/model.tar.gz': (_, response) => void response.end(tarGz),
  '/moved': (_, response) => void response.writeHead(302, { location: '/weights' }).end(),
  '/circle': (_, response) => void response.writeHead(307, { location: '/circle' }).end(),
  '/away': (_, response) => void response.writeHead(302, { location: 'ftp://127.0.0.1/weights' }).end(),
  '/nowhere': (_, response) => void response.writeHead(302, { location: 'http://[' }).end(),
  '/gone': (_, response) => void response.writeHead(410).end(),
  '/forbidden': (_, response) => void response.writeHead(403).end(),
  '/broken': (_, response) => void response.writeHead(500).end('no'),
  '/other': (_, response) => void response.end(randomBytes(weights.length)),
  '/longer': (_, response) => void response.end(Buffer.concat([weights, weights])),
  '/page': (_, response) => void response.end('<html>not here any more</html>'),
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': weights.length });
    response.write(weights.subarray(0, 1000), () => response.destroy());
  },
  '/short': (_, response) => void response.end(weights.subarray(0, 1000)),
  '/endless': (_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(weights));
    };
    response.on('drain', more);
    more();
  },
  '/drops': (_, response) => {
    const timer = setInterval(() => response.write('x'), 50);
    response.on('close', () => clearInterval(timer));
  },
  '/silent': (_, response) => void response.write(weights.subarray(0, 1000)),
  '/ours/other': (_, response) => void response.end(writeTar([{ name: 'model.onnx', data: randomBytes(300_001) }])),
  '/ours/silent': (_, response) => void response.write(ours.subarray(0, 100_000)),
  '/ours/cut': (_, response) => {
    response.writeHead(200, { 'content-length': ours.length });
    response.write(ours.subarray(0, 100_000), () => response.destroy());
  },
  '/mute': () => undefined,
};

let server: Server;
let origin: string;
let folder: string;
const requests: string[] = [];
const before = { ...process.env };
beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const path = (request.url ?? '').replace(/\?.*/, '').replace(/^\/models(?=\/)/, '');
    const answer = ANSWERS[path];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: origin,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '2',
  });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onnx-lambda-web-'));
  requests.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  process.env = before;
});

const PATIENT: Patience = { total: 60_000, silence: 20_000 };
const HASTY: Patience = { total: 700, silence: 10_000 };
const QUICK_TO_HANG_UP: Patience = { total: 60_000, silence: 200 };

const bring = (path: string, wanted: Partial<Wanted> = {}, patience = PATIENT): Promise<string> => {
  const whole = { sha256: sha256(weights), size: weights.length, format: { kind: 'file', name: 'model.onnx' } } as const;
  return bringModel({ where: path, ...whole, ...wanted }, folder, () => openWeb(`${origin}${path}`), patience);
};

test.each(['/weights', '/chunked', '/moved'])('one file from %s is the model', async (path) => {
  const place = await bring(path);
  expect(readFileSync(join(place, 'model.onnx')).equals(weights)).toBe(true);
  expect(readdirSync(folder)).toEqual([`model-${sha256(weights)}`]);
});

test.each([
  ['tar', '/model.tar', tar],
  ['tar.gz', '/model.tar.gz', tarGz],
] as const)('of a %s what belongs to the model is unpacked, and nothing else', async (kind, path, bytes) => {
  const archive = { sha256: sha256(bytes), size: bytes.length };
  const place = await bring(path, { ...archive, format: { kind, below: 'model' } });
  expect(readdirSync(place)).toEqual(['model']);
  expect(readFileSync(join(place, 'model/weights.bin')).equals(weights)).toBe(true);
  expect(readFileSync(join(place, 'model/net.onnx'), 'utf8')).toBe('net');
});

test.each<[string, string, number, Partial<Wanted>, Patience]>([
  ['/absent', 'MODEL_MISSING', 1, {}, PATIENT],
  ['/gone', 'MODEL_MISSING', 1, {}, PATIENT],
  ['/forbidden', 'MODEL_ACCESS_DENIED', 1, {}, PATIENT],
  ['/away', 'MODEL_ACCESS_DENIED', 1, {}, PATIENT],
  ['/nowhere', 'MODEL_MISSING', 1, {}, PATIENT],
  ['/circle', 'MODEL_MISSING', 6, {}, PATIENT],
  ['/broken', 'MODEL_UNREACHABLE', 3, {}, PATIENT],
  ['/cut', 'MODEL_UNREACHABLE', 3, {}, PATIENT],
  ['/silent', 'MODEL_UNREACHABLE', 3, {}, QUICK_TO_HANG_UP],
  ['/mute', 'MODEL_UNREACHABLE', 3, {}, QUICK_TO_HANG_UP],
  ['/drops', 'MODEL_TOO_SLOW', 1, {}, HASTY],
  ['/other', 'MODEL_SHA256_DIFFERS', 1, {}, PATIENT],
  ['/longer', 'MODEL_SHA256_DIFFERS', 1, {}, PATIENT],
  ['/short', 'MODEL_SHA256_DIFFERS', 1, {}, PATIENT],
  ['/endless', 'MODEL_SHA256_DIFFERS', 1, {}, PATIENT],
  ['/page', 'MODEL_SHA256_DIFFERS', 1, { format: { kind: 'tar.gz' } }, PATIENT],
  ['/weights', 'MODEL_ARCHIVE_INVALID', 1, { format: { kind: 'tar.gz' } }, PATIENT],
  ['/weights', 'MODEL_ARCHIVE_INVALID', 1, { format: { kind: 'tar' } }, PATIENT],
])('%s is %s after %i requests, and leaves nothing', async (path, code, count, wanted, patience) => {
  await expect(bring(path, wanted, patience)).rejects.toMatchObject({ code });
  expect(requests).toHaveLength(count);
  expect(readdirSync(folder)).toEqual([]);
});

test.each<[string, string, Patience]>([
  ['broken', 'MODEL_UNREACHABLE', PATIENT],
  ['ours/cut', 'MODEL_UNREACHABLE', PATIENT],
  ['ours/silent', 'MODEL_UNREACHABLE', QUICK_TO_HANG_UP],
  ['drops', 'MODEL_TOO_SLOW', HASTY],
  ['ours/other', 'MODEL_SHA256_DIFFERS', PATIENT],
])('S3 with %s is %s, asked a bounded number of times', async (key, code, patience) => {
  const pinned = { bucket: 'models', key, version: 'v1', sha256: sha256(ours) };
  await expect(bringObject(pinned, folder, openObject, patience)).rejects.toMatchObject({ code });
  expect(requests.length).toBeGreaterThan(0);
  // The SDK's own attempts times ours.
  expect(requests.length).toBeLessThanOrEqual(2 * 3);
  expect(readdirSync(folder)).toEqual([]);
});

const variables = (path: string, bytes: Buffer, format: string, member: string): Record<string, string> => ({
  MODEL_URL: `${origin}${path}`,
  MODEL_SHA256: sha256(bytes),
  MODEL_BYTES: String(bytes.length),
  MODEL_FORMAT: format,
  MODEL_MEMBER: member,
});

test('the variables of the function say it all; a model that is not in its archive is an error', async () => {
  const env = variables('/model.tar.gz', tarGz, 'tar.gz', 'model/net.onnx');
  expect(readFileSync(await fetched(env, folder), 'utf8')).toBe('net');
  const other = { ...env, MODEL_SHA256: sha256(tar), MODEL_BYTES: String(tar.length), MODEL_URL: `${origin}/model.tar` };
  await expect(
    fetched({ ...other, MODEL_FORMAT: 'tar', MODEL_MEMBER: 'model/gone.onnx' }, folder),
  ).rejects.toMatchObject({ code: 'MODEL_ARCHIVE_INVALID' });
  expect(() => pinnedBy({ MODEL_URL: 'https://example.com/m.onnx' })).toThrow(/MODEL_SHA256/);
});

test('an address is shown without its query, which may hold a key', async () => {
  const env = { ...variables('/absent?key=secret', weights, 'file', 'model.onnx') };
  await expect(fetched(env, folder)).rejects.toThrow(expect.not.objectContaining({ message: expect.stringContaining('secret') as string }) as Error);
});

test('a download has the time that the function has, less what it takes to say so', () => {
  expect(patienceFrom({ MODEL_SECONDS: '29' }).total).toBe(28_000);
  expect(patienceFrom({ MODEL_SECONDS: '1' }).total).toBe(1000);
});

test('the whole function: model from an address, labels from beside it', async () => {
  const net = readFileSync(join(DIGITS, 'digits.onnx'));
  const home = createServer((_, response) => void response.end(net)).listen(0, '127.0.0.1');
  await once(home, 'listening');
  const service = await Service.of(join(DIGITS, 'digits.onnx'), digits, {
    'model-location.ts': "export { located } from './web-model/located.ts';\n",
  });
  try {
    const env = {
      ...variables('', net, 'file', 'model.onnx'),
      MODEL_URL: `http://127.0.0.1:${(home.address() as AddressInfo).port}/digits.onnx`,
      MODEL_FILE: '',
      MODEL_BESIDE: DIGITS,
      TMPDIR: folder,
    };
    const event = apiEvent({ type: 'image/png', body: picture('seven.png') });
    const { outcomes } = await service.run([event], { env });
    expect(outcomes.map((one) => bodyOf(one).predictions?.[0])).toEqual([expect.objectContaining({ className: 'seven' })]);
    await expect(service.run([event], { env: { ...env, MODEL_SHA256: '0'.repeat(64) } })).rejects.toThrow('MODEL_SHA256_DIFFERS');
  } finally {
    home.close();
    service.dispose();
  }
});
