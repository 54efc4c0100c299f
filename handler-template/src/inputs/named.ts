import type { Inputs, Taker } from '../input-types.ts';
import { parseJson } from '../json.ts';
import { LARGEST, LARGEST_PICTURE } from '../limits.ts';
import { deadlineWithin } from '../time-left.ts';
import { refused } from './failures.ts';

/** A way to what a URL names. */
export interface Way {
  /** How its URLs begin: `https:`. */
  readonly scheme: string;
  /** @param limit in bytes */
  readonly fetch: (url: string, limit: number, deadline: AbortSignal) => Promise<Buffer>;
}

/** Milliseconds that data is waited for at most: an API's callers are gone after 29 s. */
const LONGEST = 10_000;

/**
 * Requests may have a URL in place of their data: of a picture, or of the JSON that is the request.
 *
 * @param field key of a request that the URL stands under
 */
export function named(field: string, ways: readonly Way[]): Inputs {
  const namesData = (request: object): boolean => Object.hasOwn(request, field);

  async function fetched(request: object, taker: Taker, read: (value: unknown) => object): Promise<object> {
    const { [field]: url, ...rest } = request as Readonly<Record<string, unknown>>;
    const isPicture = taker.fromBytes !== undefined;
    const bytes = await fetchBy(ways, String(url), isPicture ? LARGEST_PICTURE : LARGEST);
    if (isPicture) return { ...rest, image: bytes };
    const inner = read(parseJson(bytes, taker.example, taker.parse));
    if (namesData(inner)) throw refused('what it names is to carry its data');
    return inner;
  }

  return {
    carried: (request, taker, read) => (namesData(request) ? fetched(request, taker, read) : undefined),
  };
}

function fetchBy(ways: readonly Way[], url: string, limit: number): Promise<Buffer> {
  const way = ways.find(({ scheme }) => url.slice(0, scheme.length).toLowerCase() === scheme);
  if (!way) throw refused(`expected ${ways.map(({ scheme }) => `${scheme}//…`).join(' or ')}`);
  return way.fetch(url, limit, deadlineWithin(LONGEST));
}
