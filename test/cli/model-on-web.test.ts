import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseYaml } from '../../generator/yaml.ts';
import { writeTar } from '../generator/formats/write-tar.ts';
import { codeIn } from '../pipeline/run.ts';
import { runBin } from '../rig/bins.ts';
import { DIGITS } from '../rig/digits.ts';
import { selfSigned } from '../rig/self-signed.ts';
import { freshFolder, MODEL, PLAIN_ENV } from './folders.ts';

const folder = freshFolder();
const net = readFileSync(MODEL);
const labels = join(DIGITS, 'labels.txt');
const archive = gzipSync(
  writeTar([
    { name: './code/inference.py', data: 'print()' },
    { name: './model/digits.onnx', data: net },
  ]),
);
const FILES: Readonly<Record<string, Buffer>> = { '/digits.onnx': net, '/model.tar.gz': archive };
const { key, cert } = selfSigned();
let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer({ key, cert }, ({ url = '' }, response) => {
    const file = FILES[url.replace(/\?.*/, '')];
    if (file) response.end(file);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What runs sees the server as any other on the web. */
function environment(): NodeJS.ProcessEnv {
  const file = join(folder(), 'cert.pem');
  writeFileSync(file, cert);
  return { ...PLAIN_ENV, NODE_EXTRA_CA_CERTS: file };
}

const create = (model: string, ...more: string[]): ReturnType<typeof runBin> =>
  runBin(
    'create',
    ['d', '--model', model, '--labels', labels, '--pictures', DIGITS, '--model-source', 'https', '--yes', '--skip-install', '--no-git', ...more],
    { cwd: folder(), env: environment(), extendEnv: false },
  ); // prettier-ignore

interface Emitted {
  readonly Resources: Record<
    string,
    { Properties: { Environment?: { Variables: Record<string, string> }; Layers?: unknown } }
  >;
}

test.each([
  ['/digits.onnx', { format: 'file', member: 'model.onnx' }, net],
  ['/model.tar.gz', { format: 'tar.gz', member: 'model/digits.onnx' }, archive],
] as const)('%s: the function is told where it is and what it must be, and runs here with the model on disk', async (path, told, bytes) => {
  const made = await create(`${origin}${path}`);
  expect([made.exitCode, codeIn(made.stderr)]).toEqual([0, undefined]);
  const dir = join(folder(), 'd');
  const read = (file: string): unknown => parseYaml(readFileSync(join(dir, file), 'utf8'), file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const source = { kind: 'https', url: `${origin}${path}`, sha256, bytes: bytes.length, ...told, storage: 512 };
  expect(read('onnx-lambda.yaml')).toMatchObject({ model: { source } });
  const { Properties } = (read('template.yaml') as Emitted).Resources['Function'] ?? {};
  expect(Properties?.Environment?.Variables).toMatchObject({ MODEL_URL: source.url, MODEL_SHA256: sha256, MODEL_MEMBER: told.member, MODEL_BESIDE: '/opt' });
  expect(Properties?.Layers).toEqual([{ Ref: 'RuntimeLayer' }, { Ref: 'BesideModelLayer' }]);
  expect(readdirSync(join(dir, 'beside-model')).sort()).toEqual(['README.md', 'labels.txt']);
  expect([existsSync(join(dir, 'src/web-model')), existsSync(join(dir, 'src/s3'))]).toEqual([true, false]);
  const options = { cwd: dir, env: PLAIN_ENV, extendEnv: false };
  const { stdout } = await runBin('project', ['test', '--json'], options);
  expect(JSON.parse(String(stdout))).toMatchObject({ failed: 0, passed: 13 });
  const again = await runBin('project', ['update', '--dry-run'], options);
  expect([again.exitCode, codeIn(again.stderr)]).toEqual([0, undefined]);
  expect(read('onnx-lambda.yaml')).toMatchObject({ model: { source } });
}); // prettier-ignore

test.each([
  ['a model of this machine', () => MODEL],
  ['an address that is signed for a time', () => `${origin}/digits.onnx?X-Amz-Signature=abc`],
])('%s is no address that a function can use: nothing is written', async (_, model) => {
  const { exitCode, stderr } = await create(model());
  expect([exitCode, codeIn(stderr)]).toEqual([2, 'MODEL_SOURCE_DOES_NOT_FIT']);
  expect(existsSync(join(folder(), 'd'))).toBe(false);
});
