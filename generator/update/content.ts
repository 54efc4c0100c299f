import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { hashOfFile } from '../hash-file.ts';
import type { FileEntry } from '../write/file-map.ts';

/** What is in a file, as far as an update compares it. */
export interface Content {
  /** Of the text with LF line endings, else of the bytes as they are. */
  readonly sha256: string;
  /** With LF line endings: git may have changed them, which is no edit. Absent where it is no text or a very long one. */
  readonly text?: string;
  /** The file ends its lines with CR LF. */
  readonly crlf?: boolean;
}

/** By path relative to the project, with `/` on every system. */
export type Contents = Readonly<Record<string, Content>>;

/** Longer files are models and the like: nobody reads them into memory to compare them. */
const LONGEST_TEXT = 4 << 20;

/** What an emitted file holds. */
export function contentOf(entry: FileEntry): Promise<Content> {
  switch (entry.kind) {
    case 'text':
    case 'script':
      return Promise.resolve(contentOfBytes(Buffer.from(entry.text)));
    case 'bytes':
      return Promise.resolve(contentOfBytes(entry.bytes));
    case 'copy':
      return contentOfFile(entry.from);
  }
}

/** What a file on the disk holds; links are followed. */
export async function contentOfFile(path: string): Promise<Content> {
  const { size } = await stat(path);
  return size <= LONGEST_TEXT ? contentOfBytes(await readFile(path)) : { sha256: await hashOfFile(path) };
}

function contentOfBytes(bytes: Uint8Array): Content {
  const original = bytes.length > LONGEST_TEXT ? undefined : readText(bytes);
  if (original === undefined) return { sha256: sha256(bytes) };
  const text = original.replaceAll('\r\n', '\n');
  return { sha256: sha256(text), text, ...(text !== original && { crlf: true }) };
}

/** @param of text is hashed as UTF-8 */
export const sha256 = (of: string | Uint8Array): string => createHash('sha256').update(of).digest('hex');

function readText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
