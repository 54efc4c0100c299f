import { open, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diskError } from '../write/disk.ts';

/**
 * Writes a new file and the folders above it.
 *
 * @returns bytes written; more than `most` means that there were more, and the rest was not read
 * @throws ToolError DISK_FULL
 */
export async function writeStream(path: string, data: AsyncIterable<Uint8Array>, most: number): Promise<number> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const handle = await open(path, 'wx', 0o600);
  try {
    let bytes = 0;
    for await (const chunk of data) {
      bytes += chunk.length;
      if (bytes > most) break;
      await handle.writeFile(chunk).catch((error: unknown) => {
        throw diskError(error, path);
      });
    }
    return bytes;
  } finally {
    await handle.close();
  }
}
