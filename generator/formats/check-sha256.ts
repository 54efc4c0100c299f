import { ToolError } from '../errors.ts';
import { hashOfFile } from '../hash-file.ts';

/**
 * Compares a file with what it must be.
 *
 * @param expected 64 hexadecimal digits
 * @throws ToolError MODEL_SHA256_DIFFERS
 */
export async function checkSha256(path: string, expected: string, where: string, signal: AbortSignal): Promise<void> {
  const got = await hashOfFile(path, signal);
  if (got === expected.toLowerCase()) return;
  throw new ToolError('MODEL_SHA256_DIFFERS', {
    what: `This is another file than the one that was asked for: its sha256 is ${got}.`,
    where,
    expected: `sha256 ${expected.toLowerCase()}`,
    next: 'ask whoever gave you the digest; what came was thrown away',
  });
}
