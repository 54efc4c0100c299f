/** A file of an archive; `type` is the type flag of its header. */
export interface TarItem {
  readonly name: string;
  readonly data?: Uint8Array | string;
  readonly type?: string;
  readonly link?: string;
  /** What the header says, instead of what is so. */
  readonly says?: { readonly size?: number; readonly checksum?: number };
}

const BLOCK = 512;

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

/** A tar file, byte by byte as POSIX has it (ustar). */
export function writeTar(items: readonly TarItem[]): Buffer {
  const blocks = items.flatMap(({ name, data = '', type = '0', link = '', says = {} }) => {
    const bytes = Buffer.from(data as string);
    const header = Buffer.alloc(BLOCK);
    header.write(name, 0, 100);
    header.write('0000644\0' + '0000000\0' + '0000000\0', 100, 'latin1');
    writeSize(header, says.size ?? bytes.length);
    header.write('00000000000\0' + ' '.repeat(8) + type, 136, 'latin1');
    header.write(link, 157, 100);
    header.write('ustar\x0000', 257, 'latin1');
    const sum = says.checksum ?? header.reduce((total, byte) => total + byte, 0);
    header.write(sum.toString(8).padStart(6, '0') + '\0 ', 148, 'latin1');
    return [header, padded(bytes)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

/** Octal, or from 8 GiB on as a binary number, as GNU tar has it. */
function writeSize(header: Buffer, size: number): void {
  if (size < 8 ** 11) header.write(size.toString(8).padStart(11, '0'), 124);
  else {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(size), 128);
  }
}
