import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { decodeBase64 } from '../src/base64.ts';
import { bodyOf } from '../src/http.ts';
import { isRestEvent, readRestEvent } from '../src/triggers/rest-api/request.ts';
import { sniff } from '../src/pictures/sniff.ts';
import { incomingOf, wishOf, type Body } from '../src/request.ts';

// The project's own task, that of the sample; it reads its labels when it is loaded.
process.env['MODEL_FILE'] = fileURLToPath(new URL('../../fixtures/digits/digits.onnx', import.meta.url));
const { predictTask } = await import('../src/predict.ts');
const task = predictTask((await import('../src/task.ts')).task);
const wishFromBody = (body: Body): unknown => wishOf(task, incomingOf(body, task));
const wishFromJson = (value: unknown): unknown => wishOf(task, { kind: 'json', value });

const code = (name: string): Error => expect.objectContaining({ code: name, name }) as Error;

test('base64 comes back as the bytes it was made of; with one character off it is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      expect(new Uint8Array(decodeBase64(text, 'x'))).toEqual(bytes);
    }),
  );
  const foreign = fc.constantFrom(...'!@#$%^&*()-_ \n\r\t.,:;"\0é€');
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 3, maxLength: 90 }), foreign, fc.nat(), (bytes, character, at) => {
      const text = Buffer.from(bytes).toString('base64');
      const i = at % text.length;
      const broken = text.slice(0, i) + character + text.slice(i + 1);
      expect(() => decodeBase64(broken, 'x')).toThrow(code('INVALID_BASE64'));
      expect(() => decodeBase64(text + character, 'x')).toThrow(code('INVALID_BASE64'));
    }),
  );
});

test('six million characters of base64 need no deep stack', () => {
  const text = 'A'.repeat(6_000_000);
  expect(decodeBase64(text, 'x')).toHaveLength(4_500_000);
  expect(() => decodeBase64(`${text.slice(1)}!`, 'x')).toThrow(code('INVALID_BASE64'));
});

test('anything but a request is refused as one, never with another error', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true }), (value) => {
      fc.pre(typeof value !== 'bigint' && typeof value !== 'symbol' && typeof value !== 'function');
      expect(() => wishFromJson(value)).toThrow(code('INVALID_REQUEST'));
    }),
  );
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(() => wishFromBody({ contentType: undefined, text, isBase64: false })).toThrow(code('INVALID_REQUEST'));
    }),
  );
});

test('a picture and its JSON are the same wish', () => {
  const bytes = Buffer.from('some bytes');
  const text = bytes.toString('base64');
  expect(wishFromBody({ contentType: 'Image/PNG ; x=y', text, isBase64: true })).toEqual({
    picture: bytes,
    top: undefined,
  });
  const json = JSON.stringify({ image: text, top: 2 });
  expect(wishFromBody({ contentType: 'application/json', text: json, isBase64: false })).toEqual({
    picture: bytes,
    top: 2,
  });
});

test('formats by their first bytes', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
  expect(sniff(bytes('\xff\xd8\xff\xe0'))).toBe('jpeg');
  expect(sniff(bytes('\x89PNG\r\n\x1a\n'))).toBe('png');
  expect(sniff(bytes('RIFF....WEBPVP8 '))).toBe('webp');
  for (const other of ['', 'RIFF....WAVE', '\x89PNG', 'GIF89a', 'BM', '%PDF-1.7', '\0\0\0\x0cjP  ']) {
    expect(() => sniff(bytes(other))).toThrow(code('UNSUPPORTED_PICTURE'));
  }
});

test('events: what API Gateway sends, and what its test console leaves out', () => {
  const event = { httpMethod: 'POST', path: '/v1/predict', requestContext: {} };
  for (const other of [null, 'x', 7, {}, { httpMethod: 'POST' }, { image: 'x' }]) expect(isRestEvent(other)).toBe(false);
  if (!isRestEvent(event)) throw new Error('not told');
  const read = readRestEvent(event);
  expect(read.path).toBe('/v1/predict');
  expect(readRestEvent({ ...event, resource: '/predict' }).path).toBe('/predict');
  const proxy = { ...event, resource: '/a/{x}/{proxy+}', pathParameters: { x: 'b%2Fc', proxy: 'd/e' } };
  expect(readRestEvent(proxy).path).toBe('/a/b%2Fc/d/e');
  expect(bodyOf(read)).toEqual({ contentType: undefined, text: '', isBase64: false });
  const full = { ...event, headers: { 'Content-Type': 'image/png' }, body: 'AAAA', isBase64Encoded: true };
  expect(bodyOf(readRestEvent(full))).toEqual({ contentType: 'image/png', text: 'AAAA', isBase64: true });
});
