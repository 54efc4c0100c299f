import { ServiceError } from '../errors.ts';

/** What is on its way here, and what was said of it. */
export interface Arriving {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** As announced; nobody has to keep to it. */
  readonly size: number | undefined;
  readonly encoding: string | undefined;
}

/**
 * Takes bytes up to a limit; who is over it is not listened to.
 *
 * @throws ServiceError DOWNLOAD_ENCODED, DOWNLOAD_TOO_LARGE
 */
export async function collect({ bytes, size = 0, encoding = '' }: Arriving, limit: number): Promise<Buffer> {
  // A few bytes of gzip may be gigabytes.
  if (!/^(identity)?$/i.test(encoding.trim()))
    throw new ServiceError('DOWNLOAD_ENCODED', 'What the URL names is compressed: expected it as it is.');
  const pieces: Uint8Array[] = [];
  let received = 0;
  checkSize(size, limit);
  for await (const piece of bytes) {
    received += piece.length;
    checkSize(received, limit);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function checkSize(size: number, limit: number): void {
  if (size > limit) throw new ServiceError('DOWNLOAD_TOO_LARGE', `What the URL names is larger than ${limit} bytes.`);
}
