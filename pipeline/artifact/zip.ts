import { createReadStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createDeflateRaw } from 'node:zlib';
import type { Artifact } from './build.ts';
import type { FileSize } from './files.ts';
import type { Part } from './weigh.ts';

/** A part with the bytes of its zip; only a registry knows what an image has when it is packed. */
export type WeighedPart = Part & { readonly zipped: number | undefined };

/** Works out what each part's zip has: a layer of 200 MB takes seconds, so only those who show it ask. */
export async function weighZips(
  { buildDir, parts }: Pick<Artifact, 'buildDir' | 'parts'>,
  signal: AbortSignal,
): Promise<WeighedPart[]> {
  return Promise.all(
    parts.map(async (part) => {
      const zipped = part.kind === 'image' ? undefined : await zipSize(resolve(buildDir, part.uri), part.files, signal);
      return { ...part, zipped };
    }),
  );
}

/** Bytes of a zip with these files: local header and central entry of each, its deflated data, and the end record. */
async function zipSize(folder: string, files: readonly FileSize[], signal: AbortSignal): Promise<number> {
  let bytes = 22;
  for (const { path } of files) {
    bytes += 30 + 46 + 2 * Buffer.byteLength(path) + (await deflatedSize(join(folder, path), signal));
  }
  return bytes;
}

/** Streamed: a model need not fit into memory. */
async function deflatedSize(file: string, signal: AbortSignal): Promise<number> {
  let bytes = 0;
  await pipeline(
    createReadStream(file),
    createDeflateRaw(),
    async (deflated: AsyncIterable<Buffer>) => {
      for await (const chunk of deflated) bytes += chunk.length;
    },
    { signal },
  );
  return bytes;
}
