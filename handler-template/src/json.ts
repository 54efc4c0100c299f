import { ServiceError } from './errors.ts';

/**
 * Parses a request's body.
 *
 * @param example what is expected, for those who sent something else
 * @param parse what makes a value of the text
 * @throws ServiceError EMPTY_BODY, INVALID_JSON
 */
export function parseJson(
  body: string | Uint8Array,
  example: string,
  parse: (text: string) => unknown = JSON.parse,
): unknown {
  if (body.length === 0) throw new ServiceError('EMPTY_BODY', `The body is empty: expected ${example}.`);
  try {
    return parse(typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new ServiceError('INVALID_JSON', `The body is not JSON: expected ${example}.`);
  }
}
