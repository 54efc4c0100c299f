import type { AttributeValue } from 'aws-lambda';
import { ServiceError } from '../../errors.ts';
import type { Incoming } from '../../hooks.ts';
import { fromBytes, fromText } from '../../records/content.ts';

/**
 * The request in an attribute of an item: a map, its JSON as text, or bytes, as a stream has them.
 *
 * @throws ServiceError INVALID_REQUEST, PAYLOAD_TOO_LARGE, EMPTY_BODY, INVALID_JSON
 */
export function requestIn(attribute: AttributeValue): Incoming {
  if (attribute.S !== undefined) return fromText(attribute.S);
  if (attribute.B !== undefined) return fromBytes(Buffer.from(attribute.B, 'base64'));
  if (attribute.M !== undefined) return { kind: 'json', value: plain(attribute) };
  throw new ServiceError('INVALID_REQUEST', 'The attribute request is no map, no text and no bytes.');
}

type Values = Readonly<Record<string, AttributeValue>>;

/** What an attribute stands for, as JSON has it: bytes as base64, sets as lists. */
export function plain(attribute: AttributeValue): unknown {
  const { S, N, B, BOOL, L, M, SS, NS, BS } = attribute;
  if (N !== undefined) return Number(N);
  if (L !== undefined) return L.map(plain);
  if (M !== undefined) return Object.fromEntries(Object.entries(M as Values).map(([key, one]) => [key, plain(one)]));
  if (NS !== undefined) return NS.map(Number);
  return S ?? B ?? BOOL ?? SS ?? BS ?? null;
}

/** What an item is called: the values of its keys. */
export const nameOf = (keys: Values = {}): string =>
  Object.values(keys)
    .map((one) => String(plain(one)))
    .join('/');
