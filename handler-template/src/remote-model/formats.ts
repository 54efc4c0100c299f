import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { ModelError } from './errors.ts';
import { Untar } from './untar.ts';

/** What is fetched, and what of it is kept. */
export type Format =
  /** The model itself, under that name. */
  | { readonly kind: 'file'; readonly name: string }
  /** An archive; `below` is the folder in it that has all that belongs to the model, undefined where everything does. */
  | { readonly kind: 'tar' | 'tar.gz'; readonly below?: string };

/** Takes bytes, in pieces of any size. */
interface Sink {
  write(piece: Buffer): Promise<void>;
  end(): Promise<void>;
}

/** Streams pieces into a folder: at no time is more than a few of them in memory. */
export async function unpackInto(folder: string, format: Format, pieces: AsyncIterable<Buffer>): Promise<void> {
  const sink = format.kind === 'file' ? await oneFile(join(folder, format.name)) : new Untar(folder, format.below);
  try {
    if (format.kind === 'tar.gz') await gunzipInto(sink, pieces);
    else for await (const piece of pieces) await sink.write(piece);
  } finally {
    await sink.end();
  }
}

async function oneFile(path: string): Promise<Sink> {
  const file = await open(path, 'wx');
  return { write: (piece) => file.writeFile(piece), end: () => file.close() };
}

/** All pieces are read, also those after the end of the archive: only then it is known whether they were the right ones. */
async function gunzipInto(sink: Sink, pieces: AsyncIterable<Buffer>): Promise<void> {
  const gunzip = createGunzip();
  const unpacked = (async () => {
    for await (const piece of gunzip) await sink.write(piece as Buffer);
  })().catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code?.startsWith('Z_') ? new ModelError('MODEL_ARCHIVE_INVALID', `This is no gzip: ${message}.`) : error;
  });
  unpacked.catch(() => undefined);
  try {
    for await (const piece of pieces) {
      const isFull = gunzip.writable && !gunzip.write(piece);
      if (isFull) await Promise.race([once(gunzip, 'drain').catch(() => unpacked), unpacked]);
    }
    gunzip.end();
    await unpacked;
  } finally {
    gunzip.destroy();
  }
}
