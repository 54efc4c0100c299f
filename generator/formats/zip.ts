import { crc32 } from 'node:zlib';
import { stat } from 'node:fs/promises';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { ToolError } from '../errors.ts';
import type { ArchiveFormat } from './archive.ts';
import { broken, checkTotals, type Member } from './members.ts';

/** Zip: its directory at the end is what counts; what stands before each file is not looked at. */
export const zip: ArchiveFormat = {
  title: 'zip',
  list: (file, signal) =>
    withZip(file, signal, async (archive) => {
      const { size } = await stat(file);
      const members: Member[] = [];
      let bytes = 0;
      let packed = 0;
      for await (const entry of archive.eachEntry()) {
        signal.throwIfAborted();
        members.push(memberOf(entry));
        bytes += entry.uncompressedSize;
        packed += entry.compressedSize;
        checkTotals(members.length, bytes, size, file);
      }
      if (packed > size) throw broken('its files overlap', file);
      return members;
    }),
  extract: (file, wanted, sink, signal) =>
    withZip(file, signal, async (archive) => {
      let index = 0;
      for await (const entry of archive.eachEntry()) {
        signal.throwIfAborted();
        if (wanted.has(index)) {
          const stream = await archive.openReadStreamPromise(entry);
          stream.on('error', () => undefined); // it may fail before anybody reads; reading throws it again
          await sink(index, checked(stream as AsyncIterable<Buffer>, entry, file, signal));
        }
        index += 1;
      }
    }),
};

async function withZip<Result>(
  file: string,
  signal: AbortSignal,
  use: (archive: ZipFile) => Promise<Result>,
): Promise<Result> {
  let archive: ZipFile | undefined;
  try {
    // Names are decoded here: the library would refuse some and mend others.
    archive = await openPromise(file, { lazyEntries: true, autoClose: false, decodeStrings: false });
    return await use(archive);
  } catch (error) {
    if (error instanceof ToolError || signal.aborted) throw error;
    const { message } = error as Error;
    if (message.includes('strong encryption')) {
      throw new ToolError(
        'MODEL_ARCHIVE_UNSUPPORTED',
        { what: 'The archive is encrypted.', where: file, next: 'Unpack it yourself, and give the folder.' },
        { cause: error },
      );
    }
    throw broken(message, file, error);
  } finally {
    archive?.close();
  }
}

const METHODS: readonly number[] = [0, 8];

function memberOf(entry: Entry): Member {
  const { fileNameRaw, generalPurposeBitFlag, extraFields, uncompressedSize, compressionMethod } = entry;
  const path = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
  const unsupported = entry.isEncrypted()
    ? 'encrypted'
    : METHODS.includes(compressionMethod)
      ? undefined
      : `packed by a method we don't read (${compressionMethod})`;
  return { path, kind: kindOf(path, entry), size: uncompressedSize, unsupported };
}

/** The Unix file type, where the archive was made on such a system. */
const TYPES: Readonly<Record<number, Member['kind']>> = { 0: 'file', 4: 'folder', 8: 'file', 10: 'link' };

function kindOf(path: string, { externalFileAttributes }: Entry): Member['kind'] {
  const kind = TYPES[externalFileAttributes >>> 28] ?? 'device';
  return kind === 'file' && path.endsWith('/') ? 'folder' : kind;
}

/** The library compares sizes, not checksums. */
async function* checked(
  stream: AsyncIterable<Buffer>,
  entry: Entry,
  file: string,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let sum = 0;
  for await (const chunk of stream) {
    signal.throwIfAborted();
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (sum !== entry.crc32) throw broken('the checksum of a file in it is wrong', file);
}
