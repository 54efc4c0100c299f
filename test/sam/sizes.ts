import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

export interface BuiltFile {
  /** Relative to the folder that was listed, with `/`. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** Every file under a folder. */
export async function filesUnder(folder: string): Promise<BuiltFile[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = join(entry.parentPath, entry.name);
        return { path: file.slice(folder.length + 1).replaceAll('\\', '/'), bytes: await readFile(file) };
      }),
  );
}

/** Size of the zip that Lambda gets: each file deflated, with its local header (30 bytes), its directory entry (46) and its name in both. */
export function zipSize(files: readonly BuiltFile[]): number {
  const entries = files.map(({ path, bytes }) => deflateRawSync(bytes).length + 30 + 46 + 2 * Buffer.byteLength(path));
  return entries.reduce((sum, size) => sum + size, 22);
}

const ELF = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);
const MACHINES: Readonly<Record<number, 'x86_64' | 'arm64'>> = { 0x3e: 'x86_64', 0xb7: 'arm64' };

/** The processor that a native file is for (e_machine of its ELF header); `other` for Windows', macOS's and unknown ones; nothing for plain files. */
export function processorOf({ path, bytes }: BuiltFile): 'x86_64' | 'arm64' | 'other' | undefined {
  if (bytes.subarray(0, 4).equals(ELF)) return MACHINES[bytes.readUInt16LE(18)] ?? 'other';
  return /\.(node|dll|dylib|so)(\.[\d.]+)?$/.test(path) ? 'other' : undefined;
}
