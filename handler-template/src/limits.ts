import { ServiceError } from './errors.ts';

/** Lambda's limit for a synchronous event, and for its answer, in bytes. */
export const LARGEST = 6_291_556;

/** Bytes of a picture: what is fetched need not go through Lambda's 6 MB. A camera's JPEG of 24 megapixels has about 12 MB; the rest of memory is for its pixels. */
export const LARGEST_PICTURE = 20_000_000;

/** A UTF-16 unit of JSON text is at most three bytes, in UTF-8 or by a second escape. */
const WORST = 3;

/** @throws ServiceError PAYLOAD_TOO_LARGE */
export function checkRequestSize(text: string): void {
  if (text.length > LARGEST) {
    throw new ServiceError('PAYLOAD_TOO_LARGE', `The request is larger than ${LARGEST} bytes.`);
  }
}

/** Bytes of an element in JSON with its comma, at least. */
const LEAST = 2;

/**
 * Before an answer is made that has no room: text of a gigabyte takes seconds, and more can not even be made.
 *
 * @throws ServiceError RESPONSE_TOO_LARGE
 */
export function checkElements(count: number): void {
  if (count * LEAST > LARGEST) throw tooLarge(`at least ${count * LEAST}`);
}

/** Bytes as base64. @throws ServiceError RESPONSE_TOO_LARGE */
export function asBase64(bytes: Uint8Array): string {
  const size = Math.ceil(bytes.length / 3) * 4;
  if (size > LARGEST) throw tooLarge(size);
  return Buffer.from(bytes).toString('base64');
}

function tooLarge(size: number | string): ServiceError {
  const message = `The answer has ${size} bytes, and ${LARGEST} can be sent: ask for less.`;
  return new ServiceError('RESPONSE_TOO_LARGE', message);
}

/**
 * Lambda would fail the whole invocation, and tell nobody why.
 *
 * @param payload what the function answers, `text` its largest part
 * @throws ServiceError RESPONSE_TOO_LARGE
 */
export function checkResponseSize(payload: object, text?: string): void {
  if (text !== undefined && text.length * WORST + 1000 < LARGEST) return;
  const size = Buffer.byteLength(JSON.stringify(payload));
  if (size > LARGEST) throw tooLarge(size);
}
