import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openSource } from '../../../../generator/formats/open-source.ts';
import type { SourceOptions } from '../../../../generator/formats/source.ts';
import { Folder } from '../../../models/files.ts';
import { repository } from '../../../models/places.ts';
import { writeTar } from '../write-tar.ts';

const folder = new Folder();
const tempRoot = join(folder.path, 'temporary');
mkdirSync(tempRoot);
afterAll(() => folder.dispose());

const DIGITS = readFileSync(repository('fixtures/digits/digits.onnx'));
const ARCHIVE = gzipSync(writeTar([{ name: 'model.onnx', data: DIGITS }, { name: 'labels.txt', data: 'zero' }])); // prettier-ignore
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What the server does for a path. */
const ANSWERS: Readonly<Record<string, RequestListener>> = {
  '/digits.onnx': (_, response) => void response.end(DIGITS),
  '/chunked': (_, response) => void (response.write(DIGITS.subarray(0, 100)), response.end(DIGITS.subarray(100))),
  '/encoded': (_, response) => {
    const body = gzipSync(DIGITS);
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length }).end(body);
  },
  '/mnist.tar.gz': (_, response) => void response.end(ARCHIVE),
  '/moved': (_, response) => void response.writeHead(302, { location: '/a/../digits.onnx?x=1' }).end(),
  '/circle': (_, response) => void response.writeHead(307, { location: '/circle' }).end(),
  '/away': (_, response) => void response.writeHead(302, { location: 'ftp://127.0.0.1/m.onnx' }).end(),
  '/nowhere': (_, response) => void response.writeHead(302, { location: 'http://[' }).end(),
  '/gone': (_, response) => void response.writeHead(410).end(),
  '/broken': (_, response) => void response.writeHead(503).end('later'),
  '/short': (_, response) => {
    response.writeHead(200, { 'content-length': DIGITS.length });
    response.write(DIGITS.subarray(0, 1000), () => response.destroy());
  },
  '/endless': (_, response) => void response.writeHead(200, { 'content-length': 2 ** 40 }).flushHeaders(),
  '/slow': (_, response) => void response.write(DIGITS.subarray(0, 1000)),
};

let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = ANSWERS[(request.url ?? '').replace(/\?.*/, '')];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const open = (path: string, options: SourceOptions = {}): ReturnType<typeof openSource> =>
  openSource(`${origin}${path}`, { tempRoot, sha256: sha256(DIGITS), ...options });

test.each(['/digits.onnx?token=secret', '/chunked', '/encoded', '/moved'])('%s is fetched, whole', async (path) => {
  const source = await open(path);
  expect(readFileSync(source.modelFile)).toEqual(DIGITS);
  expect(source.note).not.toContain('secret');
  await source.dispose();
  expect(readdirSync(tempRoot)).toEqual([]);
});

test('an archive is told by its content, and gives the model its name', async () => {
  const source = await open('/mnist.tar.gz', { sha256: sha256(ARCHIVE) });
  const { kind, modelName, sideFiles } = source;
  expect({ kind, modelName, sides: sideFiles.map(({ text }) => text) }).toEqual({
    kind: 'files',
    modelName: 'mnist',
    sides: ['zero'],
  });
  expect(readFileSync(source.modelFile)).toEqual(DIGITS);
  await source.dispose();
});

test.each([
  ['/absent', 'MODEL_NOT_FOUND'],
  ['/gone', 'MODEL_NOT_FOUND'],
  ['/broken', 'MODEL_DOWNLOAD_FAILED'],
  ['/circle', 'MODEL_DOWNLOAD_FAILED'],
  ['/nowhere', 'MODEL_DOWNLOAD_FAILED'],
  ['/away', 'MODEL_ADDRESS_INVALID'],
  ['/short', 'MODEL_DOWNLOAD_FAILED'],
  ['/endless', 'MODEL_TOO_LARGE'],
  ['/mnist.tar.gz', 'MODEL_SHA256_DIFFERS'],
])('%s: %s, and nothing is left', async (path, code) => {
  await expect(open(path)).rejects.toMatchObject({ code });
  expect(readdirSync(tempRoot)).toEqual([]);
});

test('a server that is not there', async () => {
  await expect(openSource('http://127.0.0.1:1/m', { tempRoot, sha256: sha256(DIGITS) })).rejects.toMatchObject({
    code: 'MODEL_DOWNLOAD_FAILED',
  });
});

test('aborted in the middle: the reason comes back, and nothing is left', async () => {
  const controller = new AbortController();
  const opening = open('/slow', { signal: controller.signal });
  const watch = setInterval(() => {
    if (readdirSync(tempRoot).length > 0) controller.abort(new Error('enough'));
  });
  await expect(opening).rejects.toThrow('enough').finally(() => clearInterval(watch)); // prettier-ignore
  expect(readdirSync(tempRoot)).toEqual([]);
});

test('a file on this machine is compared too; of a folder, the model in it', async () => {
  const file = folder.file('m.onnx', DIGITS);
  for (const where of [file, repository('fixtures/digits')]) {
    const source = await openSource(where, { tempRoot, sha256: sha256(DIGITS).toUpperCase() });
    expect(readFileSync(source.modelFile)).toEqual(DIGITS);
    await expect(openSource(where, { tempRoot, sha256: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'MODEL_SHA256_DIFFERS',
    });
  }
});
