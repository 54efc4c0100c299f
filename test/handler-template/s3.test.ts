import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringObject } from '../../handler-template/src/s3/bring.ts';
import type { Open } from '../../handler-template/src/remote-model/received.ts';
import { pinnedBy } from '../../handler-template/src/s3/located.ts';
import { openObject, type Pinned } from '../../handler-template/src/s3/object.ts';
import { model as digits } from '../../handler-template/src/model.ts';
import { writeTar, type TarItem } from '../generator/formats/write-tar.ts';
import { S3Server } from './s3-server.ts';
import { apiEvent, bodyOf, DIGITS, picture, Service } from './service.ts';

const weights = randomBytes(300_001);
const tar = writeTar([
  { name: 'labels.txt', data: 'a\nb\n' },
  { name: 'empty', data: '' },
  { name: 'nested/', type: '5' },
  { name: 'nested/weights.bin', data: weights },
]);
const pin = (bytes: Buffer): Pinned => ({
  bucket: 'models',
  key: 'digits-dev/model.tar',
  version: 'v1',
  sha256: createHash('sha256').update(bytes).digest('hex'),
});
const code = (name: string) => expect.objectContaining({ code: name, name }) as Error;

const before = { ...process.env };
let server: S3Server;
let folder: string;
beforeAll(async () => {
  server = new S3Server(tar);
  Object.assign(process.env, await server.start());
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onnx-lambda-s3-'));
  server.will([]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(async () => {
  await server.stop();
  process.env = before;
});

test('the folder comes as it was packed, from the version that was named, and once', async () => {
  const path = await bringObject(pin(tar), folder, openObject);
  expect(readFileSync(join(path, 'labels.txt'), 'utf8')).toBe('a\nb\n');
  expect(readFileSync(join(path, 'nested/weights.bin')).equals(weights)).toBe(true);
  expect(readFileSync(join(path, 'empty')).length).toBe(0);
  expect(await bringObject(pin(tar), folder, openObject)).toBe(path);
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]).toMatch(/^\/models\/digits-dev\/model\.tar\?.*versionId=v1/);
});

test('what GNU tar packs is unpacked', async () => {
  const source = join(folder, 'model');
  mkdirSync(source);
  for (const name of ['digits.onnx', 'labels.txt']) execFileSync('cp', [join(DIGITS, name), source]);
  const packed = execFileSync('tar', ['-cf', '-', '-C', source, '.'], { maxBuffer: 1e7 });
  const opened: Open = () => Promise.resolve({ bytes: pieces(packed, 1000), size: packed.length });
  const path = await bringObject(pin(packed), folder, opened);
  expect(readFileSync(join(path, 'digits.onnx')).equals(readFileSync(join(DIGITS, 'digits.onnx')))).toBe(true);
});

test('pieces of any size make the same files', async () => {
  for (const size of [1, 7, 511, 512, 513, 100_000]) {
    const place = join(folder, String(size));
    mkdirSync(place);
    const few = size === 1 ? writeTar([{ name: 'model.onnx', data: weights.subarray(0, 1500) }]) : tar;
    const path = await bringObject(pin(few), place, () => Promise.resolve({ bytes: pieces(few, size), size: few.length }));
    const [file, expected] = size === 1 ? ['model.onnx', weights.subarray(0, 1500)] : ['nested/weights.bin', weights];
    expect(readFileSync(join(path, file)).equals(expected)).toBe(true);
  }
}); // prettier-ignore

test('another sha256 is never loaded, and not asked for again', async () => {
  await expect(bringObject({ ...pin(tar), sha256: 'f'.repeat(64) }, folder, openObject)).rejects.toThrow(
    code('MODEL_SHA256_DIFFERS'),
  );
  expect(readdirSync(folder)).toEqual([]);
  expect(server.requests).toHaveLength(1);
});

test('a connection that breaks is tried again; one that always breaks is an error that leaves nothing', async () => {
  server.will([{ kind: 'cut', after: 100_000 }]);
  await bringObject(pin(tar), folder, openObject);
  expect(server.requests).toHaveLength(2);
  rmSync(join(folder, `model-${pin(tar).sha256}`), { recursive: true });
  server.will([], { kind: 'cut', after: 100_000 });
  await expect(bringObject(pin(tar), folder, openObject)).rejects.toThrow(code('MODEL_UNREACHABLE'));
  expect(readdirSync(folder)).toEqual([]);
});

test('fewer bytes than S3 said are an error', async () => {
  const short: Open = () => Promise.resolve({ bytes: pieces(tar.subarray(0, 1000), 100), size: tar.length });
  await expect(bringObject(pin(tar), folder, short)).rejects.toThrow(code('MODEL_TRUNCATED'));
});

test.each([
  [404, 'NoSuchKey', 'MODEL_MISSING'],
  [404, 'NoSuchVersion', 'MODEL_MISSING'],
  [404, 'NoSuchBucket', 'MODEL_MISSING'],
  [405, 'MethodNotAllowed', 'MODEL_MISSING'],
  [403, 'AccessDenied', 'MODEL_ACCESS_DENIED'],
  [503, 'SlowDown', 'MODEL_UNREACHABLE'],
])('%i %s is %s', async (status, s3, expected) => {
  server.will([], { kind: 'refused', status, code: s3 });
  await expect(bringObject(pin(tar), folder, openObject)).rejects.toThrow(code(expected));
  expect(readdirSync(folder)).toEqual([]);
});

test('two at a time on one disk: both have the whole model, nothing else is left', async () => {
  const both = await Promise.all([1, 2].map(() => bringObject(pin(tar), folder, openObject)));
  expect(both[0]).toBe(both[1]);
  expect(readdirSync(folder)).toEqual([`model-${pin(tar).sha256}`]);
});

test('what a start that was broken off left is taken away, what another process is at stays', async () => {
  mkdirSync(join(folder, `.partial-${process.pid}-old`));
  mkdirSync(join(folder, `.partial-${process.ppid}-busy`));
  await bringObject(pin(tar), folder, openObject);
  expect(readdirSync(folder).sort()).toEqual([`.partial-${process.ppid}-busy`, `model-${pin(tar).sha256}`]);
});

test('no room is an error of its own, and leaves nothing', async () => {
  // Who may not mount a disk of 64 kB is told by the system's error alone.
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0;
  const full: Open = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
  try {
    await expect(bringObject(pin(tar), folder, mounted ? openObject : full)).rejects.toThrow(code('MODEL_NO_ROOM'));
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    if (mounted) spawnSync('umount', ['-l', folder]);
  }
});

test.each<[string, TarItem]>([
  ['lies outside', { name: '../evil', data: 'x' }],
  ['is absolute', { name: '/tmp/evil', data: 'x' }],
  ['is a link', { name: 'link', type: '2', link: '/etc/passwd' }],
])('a member that %s is refused', async (_, item) => {
  const bad = writeTar([item]);
  const opened: Open = () => Promise.resolve({ bytes: pieces(bad, 512), size: bad.length });
  await expect(bringObject(pin(bad), folder, opened)).rejects.toThrow(code('MODEL_ARCHIVE_INVALID'));
  expect(readdirSync(folder)).toEqual([]);
});

test('without settings it says which are missing', () => {
  expect(() => pinnedBy({ MODEL_BUCKET: 'b' })).toThrow(code('MODEL_NOT_CONFIGURED'));
});

test('the whole function: a bundle that fetches its model answers as one that has it on disk', async () => {
  const model = writeTar(
    ['digits.onnx', 'labels.txt'].map((name) => ({
      name: name.replace('digits', 'model'),
      data: readFileSync(join(DIGITS, name)),
    })),
  );
  const s3 = new S3Server(model);
  const env = await s3.start();
  const service = await Service.of(join(DIGITS, 'digits.onnx'), digits, {
    'model-location.ts': "export { located } from './s3/located.ts';\n",
  });
  try {
    const { bucket, key, version, sha256 } = pin(model);
    const fetching = {
      ...env,
      MODEL_FILE: '',
      TMPDIR: folder,
      MODEL_BUCKET: bucket,
      MODEL_KEY: key,
      MODEL_VERSION_ID: version,
      MODEL_SHA256: sha256,
    };
    const event = apiEvent({ type: 'image/png', body: picture('seven.png') });
    for (const start of ['first', 'again']) {
      const { outcomes, loads } = await service.run([event, event], { env: fetching });
      expect([start, loads, outcomes.map((one) => bodyOf(one).predictions?.[0])]).toEqual([
        start,
        1,
        Array(2).fill(expect.objectContaining({ className: 'seven' })),
      ]);
    }
    expect(s3.requests).toHaveLength(1);
    s3.will([], { kind: 'refused', status: 404, code: 'NoSuchVersion' });
    const gone = service.run([event], { env: { ...fetching, TMPDIR: DIGITS, MODEL_SHA256: '0'.repeat(64) } });
    await expect(gone).rejects.toThrow('MODEL_MISSING');
  } finally {
    await s3.stop();
    service.dispose();
  }
});

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
    await Promise.resolve();
  }
}
