import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve, type Served } from '../../harness/gateway/server.ts';
import { compareAnswer, readExpected } from '../../harness/fixtures.ts';
import { Service } from '../../harness/service.ts';
import { identity } from '../models/identity.ts';
import { modelBytes } from '../models/proto.ts';
import { runBin } from '../rig/bins.ts';
import { createDigits } from '../rig/digits.ts';
import { inNode, inWebPage, type AnyClient } from './loaded-client.ts';

/** Clients as the generator writes them, through real HTTP, against services that it made. */
const root = mkdtempSync(join(tmpdir(), 'client over http '));
const closing: (() => Promise<void>)[] = [];
const API_KEY = 'k'.repeat(20);
let digits: string;
let every: string;
const urls = { digits: '', every: '' };

async function served(folder: string): Promise<string> {
  const service = await Service.open(folder, { log: () => undefined, look: Infinity, auth: { apiKey: API_KEY } });
  const handle = service.handle.bind(service);
  const server: Served = await serve({ port: 0, host: '127.0.0.1', handle, log: () => undefined });
  closing.push(async () => {
    await server.close();
    await service.close();
  });
  return server.url;
}

/** Values that are lost by whoever takes a shortcut. */
const VALUES = {
  'serving default/x:0': { elementType: 'bool', dims: [2], data: [true, false] },
  'it\'s "8"': { elementType: 'int8', dims: ['n'], data: Int8Array.of(-128, 127), shape: [2] },
  'größe': { elementType: 'int16', dims: [2], data: [-32768, 32767] },
  class: { elementType: 'int32', dims: [null, 2], data: [-(2 ** 31), 2 ** 31 - 1], shape: [1, 2] },
  long: { elementType: 'int64', dims: [4], data: [-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n + 1n, 7n] },
  constructor: { elementType: 'uint8', dims: [2], data: [0, 255] },
  '1': { elementType: 'uint16', dims: [2], data: [0, 65535] },
  '-1': { elementType: 'uint32', dims: [2], data: [0, 2 ** 32 - 1] },
  'unsigned long': { elementType: 'uint64', dims: [2], data: BigUint64Array.of(2n ** 64n - 1n, 0n) },
  half: { elementType: 'float16', dims: [2], data: [65504, -0.5] },
  float: { elementType: 'float32', dims: [5], data: Float32Array.of(0.1, -1 / 3, 1e-45, 3.4028234663852886e38, 16777217) },
  double: { elementType: 'float64', dims: [4], data: [0.1, 12345678901234567000, -1.5e300, 5e-324] },
  scalar: { elementType: 'float32', dims: [], data: [0.5] },
  empty: { elementType: 'float32', dims: ['none', 3], data: [], shape: [0, 3] },
  text: { elementType: 'string', dims: [3], data: ['é "12345678901234567890"\n\\', '', '123456789012345678901'] },
} as const; // prettier-ignore

beforeAll(async () => {
  digits = join(root, 'digits');
  every = join(root, 'every');
  await createDigits(digits, ['--auth', 'api-key']);
  mkdirSync(every);
  writeFileSync(join(root, 'every.onnx'), modelBytes(identity(VALUES)));
  const flags = ['--model', 'every.onnx', '--task', 'tensor', '--yes', '--skip-install', '--no-git', '--overwrite'];
  const { exitCode, stderr } = await runBin('create', ['every', ...flags, '--auth', 'api-key'], { cwd: root });
  expect([exitCode, exitCode === 0 ? '' : stderr]).toEqual([0, '']);
  urls.digits = await served(digits);
  urls.every = await served(every);
}, 240_000);
afterAll(async () => {
  for (const close of closing) await close();
  rmSync(root, { recursive: true, force: true });
});

const file = (project: string): string => join(project, 'client.ts');
const pictureOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(digits, 'fixtures', name)));

describe.each([
  ['Node', inNode],
  ['a web page', inWebPage],
])('in %s', (_, load) => {
  let pictures: AnyClient;
  let tensors: AnyClient;
  beforeAll(() => {
    pictures = load(file(digits)).createClient({ baseUrl: `${urls.digits}/`, apiKey: API_KEY });
    tensors = load(file(every)).createClient({ baseUrl: new URL(urls.every), headers: { 'X-API-Key': API_KEY } });
  });

  test('a picture is classified as the model does, in whatever way its bytes are given', async () => {
    const { fixtures, tolerance } = readExpected(digits);
    for (const [name, { path, response }] of Object.entries(fixtures)) {
      if (path !== '/predict') continue;
      const bytes = pictureOf(name);
      const ways: [unknown, object?][] = [
        [bytes],
        [bytes.buffer],
        [new Blob([bytes])],
        [bytes, { contentType: 'image/png' }],
        [{ image: bytes }],
        [{ image: new Blob([bytes]) }],
        [{ image: Buffer.from(bytes).toString('base64') }],
      ];
      for (const [input, call] of name.startsWith('seven') ? ways : ways.slice(0, 1)) {
        expect(compareAnswer(response, await pictures.predict(input, call), tolerance)).toMatchObject({ kind: 'same' });
      }
    }
    expect((await pictures.predict({ image: pictureOf('seven.png'), top: 2 })).predictions).toHaveLength(2);
  });

  test('every element type comes back as it was sent, whatever it is called', async () => {
    const inputs = Object.fromEntries(
      Object.entries(VALUES).map(([name, { data, ...one }]) => [name, 'shape' in one ? { data, shape: one.shape } : { data }]),
    );
    const { outputs, id, modelName } = await tensors.infer(inputs, { id: 'mine' });
    expect({ id, modelName }).toEqual({ id: 'mine', modelName: 'every' });
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(VALUES).map((name) => `${name}_out`).sort());
    for (const [name, value] of Object.entries(VALUES)) {
      const { data, shape } = outputs[`${name}_out`] ?? { data: [], shape: [] };
      expect([name, ...Array.from(data)]).toEqual([name, ...value.data]);
      expect(Array.from(shape)).toEqual('shape' in value ? value.shape : value.dims);
    }
    const some = await tensors.infer(inputs, { outputs: ['class_out', 'long_out'] });
    expect(Object.keys(some.outputs)).toEqual(['class_out', 'long_out']);
    expect(some.outputs['long_out']?.data).toHaveProperty('BYTES_PER_ELEMENT', 8);
    expect((await tensors.metadata()).inputs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(Object.keys(VALUES)),
    );
  }); // prettier-ignore

  test('what the service says of itself', async () => {
    expect(await tensors.live()).toEqual({ live: true });
    expect(await tensors.ready()).toEqual({ name: 'every', ready: true });
    expect(await pictures.health()).toMatchObject({ status: 'ok', model: { name: 'digits' } });
  });

  test('a refusal is an error with what was answered', async () => {
    const { createClient, ServiceError } = load(file(digits));
    const client = createClient({ baseUrl: urls.digits, apiKey: API_KEY });
    const gif = Uint8Array.from('GIF89a', (char) => char.charCodeAt(0));
    const refused = client.predict(gif);
    await expect(refused).rejects.toBeInstanceOf(ServiceError);
    await expect(refused).rejects.toMatchObject({
      status: 415,
      code: 'UNSUPPORTED_CONTENT_TYPE',
      name: 'ServiceError',
    });
    await expect(refused).rejects.toHaveProperty('requestId', expect.stringMatching(/^[\da-f-]{36}$/));
    await expect(pictures.predict(pictureOf('seven.png').slice(0, 99))).rejects.toMatchObject({ status: 422 });
    await expect(createClient({ baseUrl: urls.digits, apiKey: 'wrong' }).health()).rejects.toMatchObject({
      status: 403,
      code: 'INVALID_API_KEY',
    });
    await expect(tensors.infer({ class: { shape: [1, 2], data: [1, 2] } })).rejects.toMatchObject({
      name: 'TypeError',
    });
  });
});
