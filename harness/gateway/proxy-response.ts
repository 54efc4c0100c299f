import { isMapping, type Mapping } from '../template/values.ts';
import { decodeBase64 } from './binary.ts';
import type { GatewayResponse } from './http.ts';

/** What a function's answer is as HTTP, or why it is none. */
export type Mapped =
  | { readonly kind: 'response'; readonly response: GatewayResponse }
  | { readonly kind: 'malformed'; readonly why: string }
  | { readonly kind: 'bad-base64' };

const FIELDS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/** Headers that API Gateway keeps for itself: it hands a function's own on under another name. */
const REMAPPED = new Set([
  'connection',
  'content-length',
  'date',
  'expect',
  'host',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export const malformed = (why: string): Mapped => ({ kind: 'malformed', why });
const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/**
 * Reads the answer of a Lambda proxy integration as strictly as API Gateway does.
 *
 * @param isBinary whether base64 is decoded for this request
 */
export function mapResponse(payload: string, isBinary: boolean): Mapped {
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch {
    return malformed('it is not JSON');
  }
  if (!isMapping(answer)) return malformed('it is not an object');
  const unknown = Object.keys(answer).find((key) => !FIELDS.has(key));
  if (unknown !== undefined) return malformed(`it has an unknown field ${JSON.stringify(unknown)}`);
  const { statusCode = 200, body, isBase64Encoded } = answer;
  const status = statusOf(statusCode);
  if (status === undefined) return malformed(`its statusCode is ${JSON.stringify(statusCode)}`);
  if (body !== undefined && body !== null && typeof body !== 'string') return malformed('its body is not text');
  const headers = headersOf(answer);
  if (typeof headers === 'string') return malformed(headers);
  const text = body ?? '';
  const bytes = isBase64Encoded === true && isBinary ? decodeBase64(text) : Buffer.from(text);
  if (bytes === undefined) return { kind: 'bad-base64' };
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  const all = hasType ? headers : [['Content-Type', 'application/json'] as const, ...headers];
  return { kind: 'response', response: { status, headers: all, body: bytes } };
}

/** A status that can be sent. */
export function statusOf(code: unknown): number | undefined {
  const status = typeof code === 'string' && /^\d+$/.test(code) ? Number(code) : code;
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

/** Both maps as one list (a name in multiValueHeaders wins), or what is wrong with them. */
function headersOf({ headers, multiValueHeaders }: Mapping): (readonly [string, string])[] | string {
  const single = headers ?? {};
  const multi = multiValueHeaders ?? {};
  if (!isMapping(single) || !isMapping(multi)) return 'its headers are not an object';
  const several = new Set(Object.keys(multi).map((name) => name.toLowerCase()));
  const pairs = [
    ...Object.entries(single).filter(([name]) => !several.has(name.toLowerCase())),
    ...Object.entries(multi).flatMap(([name, values]) =>
      (Array.isArray(values) ? values : [values]).map((value: unknown) => [name, value] as const),
    ),
  ];
  return readHeaders(pairs);
}

/** Headers as they can be sent, or what is wrong with them. */
export function readHeaders(pairs: readonly (readonly [string, unknown])[]): (readonly [string, string])[] | string {
  const list: [string, string][] = [];
  for (const [name, value] of pairs) {
    if (!isScalar(value)) return `its header ${name} is not text`;
    if (!/^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(String(value)))
      return `its header ${name} can not be sent`;
    list.push([REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, String(value)]);
  }
  return list;
}
