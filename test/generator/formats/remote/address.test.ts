import { resolve } from 'node:path';
import { readAddress } from '../../../../generator/formats/remote/address.ts';

const CWD = resolve('/here');

test.each([
  ['model.onnx', resolve('/here/model.onnx')],
  ['/a/b c.onnx', resolve('/a/b c.onnx')],
  ['C:\\models\\m.onnx', resolve(CWD, 'C:\\models\\m.onnx')],
  ['s3:/bucket/key', resolve(CWD, 's3:/bucket/key')],
  ['file:///a/b%20c.onnx', '/a/b c.onnx'],
])('%s is a path', (text, path) => {
  expect(readAddress(text, CWD, false)).toEqual({ kind: 'path', path });
});

test.each([
  ['s3://my.bucket-1/a b/m.onnx', 'my.bucket-1', 'a b/m.onnx', undefined],
  ['S3://bucket/key?versionId=x.Y_1', 'bucket', 'key', 'x.Y_1'],
  ['s3://bucket/what?.onnx', 'bucket', 'what?.onnx', undefined],
  ['s3://bucket/folder/', 'bucket', 'folder/', undefined],
  ['s3://bucket', 'bucket', '', undefined],
])('%s is in S3', (text, bucket, key, version) => {
  expect(readAddress(text, CWD, false)).toEqual({ kind: 's3', bucket, key, version });
});

test.each(['https://host/m.onnx?signed=1', 'HTTPS://host:8443/'])('%s is on the web', (text) => {
  expect(readAddress(text, CWD, false)).toEqual({ kind: 'web', url: new URL(text) });
});

test('http is taken where the digest is known', () => {
  expect(readAddress('http://host/m', CWD, true)).toMatchObject({ kind: 'web' });
});

test.each([
  'http://host/m.onnx',
  'ftp://host/m.onnx',
  'gs://bucket/m.onnx',
  'https://user:secret@host/m.onnx',
  'https://',
  's3://',
  's3://Bucket/key',
  's3://a/key',
  's3://../key',
  's3://bucket/folder/?versionId=1',
  'file://host/share%2fm.onnx',
])('%s is refused, and no secret is shown', (text) => {
  expect(() => readAddress(text, CWD, false)).toThrow(
    expect.objectContaining({ code: 'MODEL_ADDRESS_INVALID' }) as Error,
  );
  try {
    readAddress(text, CWD, false);
  } catch (error) {
    expect(JSON.stringify(error)).not.toContain('secret');
  }
});
