import { ServiceError } from './errors.ts';

/** Lambda's limit for a synchronous event, and for its answer, in bytes. */
export const LARGEST = 6_291_556;

/** A UTF-16 unit of JSON text is at most three bytes, in UTF-8 or by a second escape. */
const WORST = 3;

/** @throws ServiceError PAYLOAD_TOO_LARGE */
export function checkRequestSize(text: string): void {
  if (text.length > LARGEST) {
    throw new ServiceError('PAYLOAD_TOO_LARGE', `The request is larger than ${LARGEST} bytes.`);
  }
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
  if (size > LARGEST) {
    throw new ServiceError(
      'RESPONSE_TOO_LARGE',
      `The answer has ${size} bytes, and ${LARGEST} can be sent: ask for less.`,
    );
  }
}
