import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { ToolError } from '../../generator/errors.ts';
import { listFiles, type FileSize } from '../artifact/files.ts';

const BLOCK = 512;
const NOT_MODEL = new Set(['.DS_Store']);

/** A folder as a tar: the same files make the same bytes, whoever packs them, and when. */
export interface Tar {
  readonly size: number;
  /** Its bytes, from the beginning each time. */
  read(): AsyncGenerator<Buffer>;
}

/** @throws ToolError TEMPLATE_INVALID where a name is too long for a tar */
export async function tarOf(folder: string): Promise<Tar> {
  const files = await listFiles(folder, NOT_MODEL);
  const headers = files.map((file) => headerOf(file, folder));
  const filled = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK;
  return {
    size: files.reduce((sum, { bytes }) => sum + BLOCK + filled(bytes), 2 * BLOCK),
    async *read() {
      for (const [i, { path, bytes }] of files.entries()) {
        yield headers[i] as Buffer;
        yield* createReadStream(join(folder, path));
        yield Buffer.alloc(filled(bytes) - bytes);
      }
      yield Buffer.alloc(2 * BLOCK);
    },
  };
}

/** A header as POSIX has it (ustar): nobody's, of no time, so that it says nothing but name and size. */
function headerOf({ path, bytes }: FileSize, folder: string): Buffer {
  const header = Buffer.alloc(BLOCK);
  const { name, prefix } = splitName(path, folder);
  header.write(name, 0);
  header.write('0000644\0' + '0000000\0'.repeat(2), 100, 'latin1');
  writeSize(header, bytes);
  header.write(`${'0'.repeat(11)}\0${' '.repeat(8)}0`, 136, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.write(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** Octal, or from 8 GiB on as a binary number. */
function writeSize(header: Buffer, size: number): void {
  if (size < 8 ** 11) header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  else {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(size), 128);
  }
}

/** 100 bytes for the name, 155 for the folders before it. */
function splitName(path: string, folder: string): { name: string; prefix: string } {
  const slashes = [...path.matchAll(/\//g)].map(({ index }) => index);
  const cuts = [{ name: path, prefix: '' }, ...slashes.map((at) => ({ name: path.slice(at + 1), prefix: path.slice(0, at) }))]; // prettier-ignore
  const found = cuts.find(({ name, prefix }) => Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155);
  if (found) return found;
  throw new ToolError('TEMPLATE_INVALID', {
    what: "A name in the model's folder is too long to be packed.",
    where: join(folder, path),
    expected: 'at most 100 bytes, and 155 for the folders before it',
  });
}
