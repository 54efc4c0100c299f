import { isMapping } from '../template/values.ts';
import { decodeBase64 } from './binary.ts';
import type { Headers } from './http.ts';
import { malformed, readHeaders, statusOf, type Mapped } from './proxy-response.ts';

/** The answer of payload format 2.0: with a statusCode it is taken apart, without one it is the body itself. */
export function mapHttpResponse(payload: string): Mapped {
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch {
    return malformed('it is not JSON');
  }
  if (!isMapping(answer) || answer['statusCode'] === undefined) {
    const body = Buffer.from(typeof answer === 'string' ? answer : payload);
    return { kind: 'response', response: { status: 200, headers: [['content-type', 'application/json']], body } };
  }
  const { body, isBase64Encoded, cookies } = answer;
  const status = statusOf(answer['statusCode']);
  if (status === undefined) return malformed(`its statusCode is ${JSON.stringify(answer['statusCode'])}`);
  if (body !== undefined && body !== null && typeof body !== 'string') return malformed('its body is not text');
  const read = readHeaders(Object.entries(isMapping(answer['headers']) ? answer['headers'] : {}));
  if (typeof read === 'string') return malformed(read);
  const bytes = isBase64Encoded === true ? decodeBase64(body ?? '') : Buffer.from(body ?? '');
  if (bytes === undefined) return { kind: 'bad-base64' };
  const lowered: Headers = read.map(([name, value]) => [name.toLowerCase(), value]);
  const hasType = lowered.some(([name]) => name === 'content-type');
  const headers: Headers = [
    ...(hasType ? [] : ([['content-type', 'text/plain;charset=UTF-8']] as const)),
    ...lowered,
    ...(Array.isArray(cookies) ? cookies.map((cookie) => ['set-cookie', String(cookie)] as const) : []),
  ];
  return { kind: 'response', response: { status, headers, body: bytes } };
}
