import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ToolError } from '../errors.ts';

/**
 * Compares a file with what it must be.
 *
 * @param expected 64 hexadecimal digits
 * @throws ToolError MODEL_SHA256_DIFFERS
 */
export async function checkSha256(path: string, expected: string, where: string, signal: AbortSignal): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { signal });
  const got = hash.digest('hex');
  if (got === expected.toLowerCase()) return;
  throw new ToolError('MODEL_SHA256_DIFFERS', {
    what: `This is another file than the one that was asked for: its sha256 is ${got}.`,
    where,
    expected: `sha256 ${expected.toLowerCase()}`,
    next: 'ask whoever gave you the digest; what came was thrown away',
  });
}
