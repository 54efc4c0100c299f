import { parse } from '../exact.ts';
import type { Incoming } from '../hooks.ts';
import { parseJson } from '../json.ts';
import { checkRequestSize } from '../limits.ts';
import { isInferRequest } from '../protocol/routes.ts';
import { JSON_TYPE } from '../request.ts';

const EXAMPLE = 'the JSON of a request';

/** A request as JSON text, as messages carry it. @throws ServiceError PAYLOAD_TOO_LARGE, EMPTY_BODY, INVALID_JSON */
export function fromText(text: string): Incoming {
  checkRequestSize(text);
  const value = parseJson(text, EXAMPLE);
  return { kind: 'json', value: isInferRequest(value) ? parse(text) : value };
}

/** What nobody said anything about has one of these types. */
const UNSAID = /^((application|binary)\/octet-stream)?$/;

/**
 * A request that lies somewhere as a file: JSON by its type or, where that says nothing, by the name; otherwise bytes, whose format tasks tell by
 * the first of them.
 *
 * @throws ServiceError PAYLOAD_TOO_LARGE, EMPTY_BODY, INVALID_JSON
 */
export function fromFile(bytes: Buffer, contentType = '', name: string): Incoming {
  const type = contentType.replace(/;.*$/s, '').trim().toLowerCase();
  const isJson = type === JSON_TYPE || (UNSAID.test(type) && /\.json$/i.test(name));
  return isJson ? fromText(decoded(bytes)) : { kind: 'bytes', contentType: type, bytes };
}

/** Text, by the rules of JSON: what is not UTF-8 is none. @throws ServiceError EMPTY_BODY, INVALID_JSON */
function decoded(bytes: Buffer): string {
  return parseJson(bytes, EXAMPLE, (text) => text) as string;
}

const OPENS: ReadonlySet<number> = new Set(Buffer.from('{["'));

/**
 * A request of which nothing is said but its bytes: JSON where they begin as JSON does.
 *
 * @throws ServiceError PAYLOAD_TOO_LARGE, EMPTY_BODY, INVALID_JSON
 */
export function fromBytes(bytes: Buffer): Incoming {
  const first = bytes.find((byte) => byte > 0x20);
  const isJson = first === undefined || OPENS.has(first);
  return isJson ? fromText(decoded(bytes)) : { kind: 'bytes', contentType: 'application/octet-stream', bytes };
}
