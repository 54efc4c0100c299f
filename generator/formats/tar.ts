import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { ToolError } from '../errors.ts';
import type { ArchiveFormat } from './archive.ts';
import { broken, checkTotals, type Member } from './members.ts';

const KINDS: Readonly<Record<string, Member['kind']>> = {
  File: 'file',
  OldFile: 'file',
  ContiguousFile: 'file',
  Directory: 'folder',
  GNUDumpDir: 'folder',
  Link: 'link',
  SymbolicLink: 'link',
  CharacterDevice: 'device',
  BlockDevice: 'device',
  FIFO: 'device',
};

export const tar = tarFormat('tar', false);
export const tarGz = tarFormat('tar.gz', true);

/** Tar has no directory: to list it is to read it through, and to unpack a file is to read it once more. */
function tarFormat(title: 'tar' | 'tar.gz', gzip: boolean): ArchiveFormat {
  return {
    title,
    list: async (file, signal) => {
      const members: Member[] = [];
      let bytes = 0;
      await walk(file, gzip, signal, (entry, packed) => {
        members.push(memberOf(entry));
        bytes += entry.size;
        checkTotals(members.length, bytes, gzip ? packed : Infinity, file);
        entry.resume();
      });
      return members;
    },
    extract: async (file, wanted, sink, signal) => {
      let index = -1;
      await walk(file, gzip, signal, (entry) => {
        index += 1;
        if (wanted.has(index)) return sink(index, entry);
        entry.resume();
        return undefined;
      });
    },
  };
}

function memberOf({ path, type, size, unsupported }: ReadEntry): Member {
  const kind = KINDS[type] ?? 'unknown';
  const cant = unsupported || kind === 'unknown' ? `of a kind we don't read (${type})` : undefined;
  return { path, kind, size, unsupported: cant };
}

type Visit = (entry: ReadEntry, packed: number) => Promise<void> | undefined;

/** Goes through the entries in order, the next when the last one is done. */
async function walk(file: string, gzip: boolean, signal: AbortSignal, visit: Visit): Promise<void> {
  const source = createReadStream(file);
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const fail = (error: unknown): void => stop.abort(error);
  const open: { entry: ReadEntry; done: Promise<void> }[] = [];
  let ended = false;
  const take = (entry: ReadEntry): void => {
    try {
      const result = visit(entry, source.bytesRead);
      if (result) open.push({ entry, done: result.catch(fail) });
    } catch (error) {
      fail(error);
      entry.resume();
    }
  };
  const parser = new Parser({ strict: true, zstd: false, onReadEntry: take });
  parser.on('ignoredEntry', take);
  parser.on('nullBlock', () => (ended = true));
  parser.on('error', fail);
  const feed = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (gzip) checkTotals(0, bytes, source.bytesRead, file);
      if (!parser.write(chunk)) await once(parser, 'drain', { signal: either });
      either.throwIfAborted();
    }
    const finished = once(parser, 'end', { signal: either });
    parser.end();
    await finished;
  };
  try {
    if (gzip) await pipeline(source, createGunzip(), feed, { signal: either });
    else await pipeline(source, feed, { signal: either });
    await Promise.all(open.map(({ done }) => done));
    either.throwIfAborted();
  } catch (error) {
    // Who waits for bytes that won't come is told so.
    for (const { entry } of open) entry.destroy(error);
    await Promise.all(open.map(({ done }) => done));
    throw reason(signal, stop.signal, error, file);
  }
  if (!ended) throw broken('it ends too early', file);
}

function reason(user: AbortSignal, own: AbortSignal, error: unknown, file: string): unknown {
  if (user.aborted) return user.reason;
  const first: unknown = own.aborted ? own.reason : error;
  return first instanceof ToolError ? first : broken((first as Error).message, file, first);
}
