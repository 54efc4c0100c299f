import fc from 'fast-check';
import { decodeBase64, isBinaryRequest, isBinaryResponse } from '../../harness/gateway/binary.ts';
import { queryOf } from '../../harness/gateway/proxy-event.ts';
import { byPrecedence, matchPath, patternOf } from '../../harness/gateway/routes.ts';
import { throttleOf, tokenBucket } from '../../harness/gateway/throttle.ts';

describe('laws', () => {
  test('strict base64: what was encoded comes back, with anything else in it nothing does', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(),
        fc.constantFrom('!', '-', '_', ' ', 'ä', '='),
        (bytes, at, odd) => {
          const text = Buffer.from(bytes).toString('base64');
          expect(decodeBase64(text)).toEqual(Buffer.from(bytes));
          const place = at % (text.length + 1);
          if (odd !== '=' || place < text.length - 2)
            expect(decodeBase64(`${text.slice(0, place)}${odd}${text.slice(place)}x`)).toBeUndefined();
        },
      ),
    );
  });

  test('a query that was encoded comes back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))),
        (pairs) => {
          const text = new URLSearchParams(pairs).toString();
          expect(queryOf(`/x?${text}`)).toEqual([...new URLSearchParams(text)]);
        },
      ),
    );
  });

  test('a token bucket lets through no more than burst + rate × time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 80 }),
        (rate, burst, gaps) => {
          let time = 0;
          const take = tokenBucket(rate, burst, () => time);
          let passed = 0;
          for (const gap of gaps) {
            time += gap;
            if (take()) passed++;
          }
          expect(passed).toBeLessThanOrEqual(burst + (rate * time) / 1000);
          time += 60_000;
          expect(take()).toBe(true);
        },
      ),
    );
  });
});

test('fixed text comes before parameters, parameters before greedy ones', () => {
  const patterns = ['/{all+}', '/a/{id}', '/a', '/a/b', '/{x}/b', '/'].map(patternOf).sort(byPrecedence);
  const found = (path: string): string | undefined => patterns.find((pattern) => matchPath(pattern, path))?.path;
  expect(['/', '/a', '/a/', '/a/b', '/a/c', '/z/b', '/z', '/a/b/c'].map(found)).toEqual([
    '/',
    '/a',
    '/a',
    '/a/b',
    '/a/{id}',
    '/{x}/b',
    '/{all+}',
    '/{all+}',
  ]);
});

test('the closest of the MethodSettings counts', () => {
  const settings = [
    { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: '10', ThrottlingBurstLimit: 5 },
    { HttpMethod: 'POST', ResourcePath: '/~1predict', ThrottlingRateLimit: 2 },
  ];
  expect(throttleOf(settings, 'POST', '/predict')).toEqual({ rate: 2, burst: 5 });
  expect(throttleOf(settings, 'GET', '/health')).toEqual({ rate: 10, burst: 5 });
  expect(throttleOf([], 'GET', '/health')).toBeUndefined();
});

test('media types match with wildcards', () => {
  expect(isBinaryRequest([['content-type', 'image/png']], ['*/*'])).toBe(true);
  expect(isBinaryRequest([], ['image/*'])).toBe(false);
  expect(isBinaryResponse([], ['*/*'])).toBe(true);
  expect(isBinaryResponse([], ['image/*'])).toBe(false);
});
