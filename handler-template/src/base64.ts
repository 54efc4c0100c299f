import { ServiceError } from './errors.ts';

/**
 * Decodes base64 (RFC 4648, padded, no line breaks). Node's own decoder skips what it does not know.
 *
 * @throws ServiceError INVALID_BASE64
 */
export function decodeBase64(text: string, what: string): Buffer {
  // One linear scan: a pattern over the whole text would need a stack as long as the text.
  const end = text.search(/[^A-Za-z0-9+/]/);
  const padding = end === -1 ? '' : text.slice(end, end + 3);
  const whole = text.length % 4 === 0 && (end === -1 || end + padding.length === text.length);
  if (!whole || !['', '=', '=='].includes(padding)) {
    throw new ServiceError(
      'INVALID_BASE64',
      `${what} is not base64: expected A–Z, a–z, 0–9, + and / with = at the end, without line breaks or a data: prefix.`,
    );
  }
  return Buffer.from(text, 'base64');
}
