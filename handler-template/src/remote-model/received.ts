import { createHash } from 'node:crypto';
import { ModelError } from './errors.ts';

/** Bytes on their way here, and how many there must be. */
export interface Opened {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly size: number | undefined;
  /** Lets go of the connection. */
  readonly stop?: () => void;
}

/** Asks for the bytes; credentials are its own affair. */
export type Open = () => Promise<Opened>;

interface Clock {
  /** As Date.now() has it. */
  readonly deadline: number;
  readonly silence: number;
}

/**
 * The bytes as they come; after the last one they are known to be those that were wanted, or it throws.
 *
 * @throws ModelError MODEL_TOO_SLOW, MODEL_UNREACHABLE after a silence, MODEL_TRUNCATED, MODEL_SHA256_DIFFERS
 */
export async function* received(
  { sha256, size }: { readonly sha256: string; readonly size?: number },
  open: Open,
  clock: Clock,
): AsyncGenerator<Buffer> {
  const opened = await before(clock, open());
  const { bytes, stop } = opened;
  try {
    if (size !== undefined && (opened.size ?? size) !== size) throw differs(`It has ${opened.size} bytes, not ${size}.`);
    const expected = size ?? opened.size;
    const hash = createHash('sha256');
    const pieces = bytes[Symbol.asyncIterator]();
    let count = 0;
    for (let next = await before(clock, pieces.next()); !next.done; next = await before(clock, pieces.next())) {
      const piece = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.length);
      count += piece.length;
      // What never ends is not waited for.
      if (expected !== undefined && count > expected) throw differs(`More than ${expected} bytes came.`);
      hash.update(piece);
      yield piece;
    }
    if (expected !== undefined && count < expected) {
      throw new ModelError('MODEL_TRUNCATED', `${count} of ${expected} bytes came.`);
    }
    const digest = hash.digest('hex');
    if (digest !== sha256) throw differs(`Its sha256 is ${digest}, and not ${sha256}.`);
  } finally {
    stop?.();
  }
} // prettier-ignore

const differs = (why: string): ModelError =>
  new ModelError('MODEL_SHA256_DIFFERS', `This is another model than the one that was asked for. ${why}`);

/** What is awaited, unless it takes too long. */
async function before<Value>({ deadline, silence }: Clock, awaited: Promise<Value>): Promise<Value> {
  const left = deadline - Date.now();
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    const error =
      left <= silence
        ? new ModelError('MODEL_TOO_SLOW', 'The model did not come in the time that the function has.')
        : new ModelError('MODEL_UNREACHABLE', `Nothing came for ${silence} ms.`);
    timer = setTimeout(reject, Math.max(0, Math.min(left, silence)), error);
  });
  try {
    return await Promise.race([awaited, tooLong]);
  } catch (error) {
    awaited.catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
