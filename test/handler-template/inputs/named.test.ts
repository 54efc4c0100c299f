import { ServiceError } from '../../../handler-template/src/errors.ts';
import type { Taker } from '../../../handler-template/src/input-types.ts';
import { named, type Way } from '../../../handler-template/src/inputs/named.ts';
import { beginInvocation } from '../../../handler-template/src/time-left.ts';
import { codeOf } from './code-of.ts';

const PICTURES: Taker = { example: '{}', fromBytes: () => undefined };
const NUMBERS: Taker = { example: '{"x": 1}' };
const anything = (value: unknown): object => value as object;
afterEach(() => beginInvocation({}));

/** A way that answers at once, and keeps what it was asked. */
function way(scheme: string, content = ''): Way & { readonly asked: [string, number, AbortSignal][] } {
  const asked: [string, number, AbortSignal][] = [];
  return {
    scheme,
    asked,
    fetch: (...args) => {
      asked.push(args);
      return Promise.resolve(Buffer.from(content));
    },
  };
}

test('a request that carries its data is left alone, one that names a picture has it then', async () => {
  const https = way('https:', 'bytes');
  const inputs = named('url', [https]);
  expect(inputs.carried({ image: 'x' }, PICTURES, anything)).toBeUndefined();
  expect(inputs.carried(Object.create({ url: 'https://a.b/' }) as object, PICTURES, anything)).toBeUndefined();
  expect(await inputs.carried({ url: 'https://a.b/', top: 3 }, PICTURES, anything)).toEqual({
    image: Buffer.from('bytes'),
    top: 3,
  });
  expect(https.asked).toHaveLength(1);
});

test('a scheme that is not on is refused, whatever is behind it', async () => {
  const https = way('https:');
  for (const url of ['s3://a/b', 'http://a/', 'httpss://a/', ' https://a/', 'file:///a', 'https', '']) {
    const work = named('url', [https]).carried({ url }, PICTURES, anything) as Promise<unknown>;
    expect([url, await codeOf(work)]).toEqual([url, '400 URL_REFUSED']);
  }
  expect(https.asked).toEqual([]);
});

test('each scheme has its way', async () => {
  const ways = [way('https:'), way('s3:')];
  await named('url', ways).carried({ url: 'S3://a/b' }, PICTURES, anything);
  await named('url', ways).carried({ url: 'HTTPS://a/b' }, PICTURES, anything);
  expect(ways.map(({ asked }) => asked.map(([url]) => url))).toEqual([['HTTPS://a/b'], ['S3://a/b']]);
});

describe('a document of numbers', () => {
  const carried = (content: string, read: (value: unknown) => object = anything): Promise<unknown> =>
    named('url', [way('https:', content)]).carried({ url: 'https://a/' }, NUMBERS, read) as Promise<unknown>;

  test('is the request', async () => {
    expect(await carried('{"x": 1}')).toEqual({ x: 1 });
  });

  test.each(['{', '', '[1'])('%p is no JSON', async (content) => {
    expect(await codeOf(carried(content))).toMatch(/^400 (INVALID_JSON|EMPTY_BODY)$/);
  });

  test('is checked as a request is', async () => {
    const read = (value: unknown): never => {
      expect(value).toEqual({ y: 1 });
      throw new ServiceError('INVALID_REQUEST', 'no');
    };
    expect(await codeOf(carried('{"y": 1}', read))).toBe('400 INVALID_REQUEST');
  });

  test('does not name another', async () => {
    expect(await codeOf(carried('{"url": "https://a/"}'))).toBe('400 URL_REFUSED');
  });
});

test('the limits: pictures may be larger than a request, numbers not', async () => {
  const https = way('https:', '{}');
  for (const taker of [PICTURES, NUMBERS]) await named('url', [https]).carried({ url: 'https://a/' }, taker, anything);
  expect(https.asked.map(([, limit]) => limit)).toEqual([20_000_000, 6_291_556]);
});

test('nothing is waited for when no time is left', async () => {
  const https = way('https:');
  beginInvocation({ getRemainingTimeInMillis: () => 0 });
  await named('url', [https]).carried({ url: 'https://a/' }, PICTURES, anything);
  const [[, , deadline] = []] = https.asked;
  await new Promise((over) => deadline?.addEventListener('abort', over));
  expect(deadline?.aborted).toBe(true);
});
