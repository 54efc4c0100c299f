import { jsonOf } from '../../direct.ts';
import { stringify } from '../../exact.ts';
import type { Result } from '../output.ts';
import { tooLarge } from './failures.ts';

/**
 * An answer as JSON text for somebody who does not know of its request.
 *
 * @param output kind of output, for the error
 * @param limit in bytes
 * @example {"id":"…","name":"folder/cat.jpg","trigger":"s3","hops":1,"answer":{"predictions":[…],"model":{…}}}
 * @throws ServiceError OUTPUT_TOO_LARGE
 */
export function messageOf({ origin, answer }: Result, output: string, limit: number): string {
  // Before base64 is made that has no room.
  if (answer.kind === 'bytes') checkSize(output, Math.ceil(answer.bytes.length / 3) * 4, limit);
  const { id, name, trigger, hops = 0 } = origin;
  const text = stringify({ id, name, trigger, hops: hops + 1, answer: jsonOf(answer) });
  checkSize(output, Buffer.byteLength(text), limit);
  return text;
}

/** @throws ServiceError OUTPUT_TOO_LARGE */
export function checkSize(output: string, size: number, limit: number): void {
  if (size > limit) throw tooLarge(output, size, limit);
}
