import { asBase64, checkElements, checkResponseSize, LARGEST } from '../src/limits.ts';
import { direct } from '../src/direct.ts';
import { reply } from '../src/http.ts';

const TOO_LARGE = expect.objectContaining({ code: 'RESPONSE_TOO_LARGE', status: 413 }) as Error;
const picture = (length: number) => ({ kind: 'bytes', contentType: 'image/png', name: 'image', bytes: new Uint8Array(length) }) as const; // prettier-ignore
/** Bytes of what Lambda would send. */
const size = (payload: unknown): number => Buffer.byteLength(JSON.stringify(payload));

test('bytes: the largest picture that fits goes out both ways, and a larger one is 413', () => {
  const fits = 4_718_000;
  expect(size(reply(picture(fits)))).toBeLessThanOrEqual(LARGEST);
  expect(size(direct(picture(fits)))).toBeLessThanOrEqual(LARGEST);
  for (const length of [4_718_667, 30_000_000, 500_000_000]) {
    expect(() => reply(picture(length))).toThrow(TOO_LARGE);
    expect(() => direct(picture(length))).toThrow(TOO_LARGE);
  }
});

test('JSON: over HTTP its quotes are escaped once more, and that counts', () => {
  const texts = (count: number): object => ({ texts: Array<string>(count).fill('aa') });
  const json = (count: number) => ({ kind: 'json', body: texts(count) }) as const;
  // 5 bytes an item on a direct invoke, 7 inside the body of an HTTP answer.
  const both = Math.floor((LARGEST - 300) / 7);
  const only = Math.floor((LARGEST - 300) / 5);
  expect(size(reply(json(both)))).toBeLessThanOrEqual(LARGEST);
  expect(() => reply(json(only))).toThrow(TOO_LARGE);
  expect(size(direct(json(only)))).toBeLessThanOrEqual(LARGEST);
  expect(() => direct(json(only + 100))).toThrow(TOO_LARGE);
});

test('what can not fit is refused before it is made', () => {
  expect(() => checkElements(LARGEST / 2)).not.toThrow();
  expect(() => checkElements(LARGEST / 2 + 1)).toThrow(TOO_LARGE);
  expect(asBase64(Uint8Array.of(104, 105))).toBe('aGk=');
  expect(() => checkResponseSize({ a: 'x'.repeat(LARGEST) })).toThrow(TOO_LARGE);
});
