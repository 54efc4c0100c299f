import type { Learned } from '../../../generator/commands/learn-model.ts';
import { sourceFrom } from '../../../generator/commands/source-from.ts';
import type { Origin } from '../../../generator/formats/source.ts';

const origin: Origin = {
  url: 'https://example.com/zoo/model.onnx?download=true',
  sha256: 'a'.repeat(64),
  size: 1000,
  format: 'file',
  member: undefined,
  unpacked: 1000,
};
const learned = (from: Origin | undefined, more: object = {}, rest: Partial<Learned> = {}): Learned =>
  ({
    examined: { mended: { kind: 'unchanged', mendings: [], size: 1000, ...more }, spec: { externalBytes: 0 } },
    origin: from,
    ...rest,
  }) as unknown as Learned;
const fromWeb = { modelSource: 'https', modelBucket: 'shared' } as const;

test('an address, and what is there', () => {
  expect(sourceFrom(fromWeb, learned(origin))).toEqual({
    kind: 'https', url: origin.url, sha256: origin.sha256, bytes: 1000, format: 'file', member: 'model.onnx', storage: 512,
  }); // prettier-ignore
});

test('/tmp has room for all that lies in the folder of the model', () => {
  const archive = { ...origin, format: 'tar.gz', member: 'model/net.onnx', unpacked: 2 ** 30 } as const;
  const source = sourceFrom(fromWeb, learned(archive));
  expect(source).toMatchObject({ member: 'model/net.onnx', storage: 1088 });
});

test('the own model of a project is where it was', () => {
  const keptSource = sourceFrom(fromWeb, learned(origin));
  expect(sourceFrom(fromWeb, learned(undefined, {}, { keptSource }))).toBe(keptSource);
});

test.each<[string, Learned]>([
  ['no address', learned(undefined)],
  ['the project has its model elsewhere', learned(undefined, {}, { keptSource: { kind: 'layer' } })],
  ['http', learned({ ...origin, url: 'http://example.com/model.onnx' })],
  ['a signed address', learned({ ...origin, url: 'https://b.s3.amazonaws.com/m.onnx?X-Amz-Expires=60' })],
  ['a signed address, another parameter first', learned({ ...origin, url: 'https://example.com/m.onnx?sv=1&sig=abc' })],
  ['a mended model', learned(origin, { kind: 'mended', mendings: [{ kind: 'float16' }] })],
  ['a zip', learned({ ...origin, format: 'zip', member: 'model.onnx' })],
  ['a path that no header holds', learned({ ...origin, format: 'tar', member: `${'f'.repeat(100)}/m.onnx` })],
])('%s: refused', (_, found) => {
  expect(() => sourceFrom(fromWeb, found)).toThrow(
    expect.objectContaining({ code: 'MODEL_SOURCE_DOES_NOT_FIT' }) as Error,
  );
});

test.each([
  ['shared', { kind: 's3', storage: 512 }],
  ['stack', { kind: 's3', storage: 512, bucket: { kind: 'stack' } }],
  ['models', { kind: 's3', storage: 512, bucket: { kind: 'existing', name: 'models' } }],
])('in S3, %s', (modelBucket, expected) => {
  expect(sourceFrom({ modelSource: 's3', modelBucket }, learned(origin))).toEqual(expected);
});
