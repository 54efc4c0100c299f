import { open, mkdir, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ModelError } from './errors.ts';

const BLOCK = 512;

/**
 * Unpacks a tar that comes in pieces: files and folders, nothing else. Nothing is written outside of the folder. Of an archive of somebody
 * else's, only what is below one of its folders: the rest is passed over, whatever it is.
 */
export class Untar {
  readonly #folder: string;
  readonly #below: string | undefined;
  /** Bytes that are passed over. */
  #unwanted = 0;
  #head = Buffer.alloc(0);
  #file: FileHandle | undefined;
  /** Bytes of the open file that are still to come, and of what fills its last block. */
  #left = 0;
  #filler = 0;

  /** @param below `''` for all files of an archive of somebody else's */
  constructor(folder: string, below?: string) {
    this.#folder = folder;
    this.#below = below;
  }

  /** @throws ModelError MODEL_ARCHIVE_INVALID */
  async write(chunk: Buffer): Promise<void> {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#file) rest = await this.#content(this.#file, rest);
      else if (this.#unwanted > 0) rest = this.#pass(rest);
      else if (this.#filler > 0) rest = this.#skip(rest);
      else rest = await this.#header(rest);
    }
  }

  /** Closes what is open. */
  async end(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  async #content(file: FileHandle, bytes: Buffer): Promise<Buffer> {
    const part = bytes.subarray(0, this.#left);
    await file.writeFile(part);
    this.#left -= part.length;
    if (this.#left === 0) await this.end();
    return bytes.subarray(part.length);
  }

  #pass(bytes: Buffer): Buffer {
    const count = Math.min(this.#unwanted, bytes.length);
    this.#unwanted -= count;
    return bytes.subarray(count);
  }

  #skip(bytes: Buffer): Buffer {
    const count = Math.min(this.#filler, bytes.length);
    this.#filler -= count;
    return bytes.subarray(count);
  }

  async #header(bytes: Buffer): Promise<Buffer> {
    const wanted = BLOCK - this.#head.length;
    this.#head = Buffer.concat([this.#head, bytes.subarray(0, wanted)]);
    if (this.#head.length === BLOCK) {
      await this.#begin(this.#head);
      this.#head = Buffer.alloc(0);
    }
    return bytes.subarray(wanted);
  }

  async #begin(head: Buffer): Promise<void> {
    if (head.every((byte) => byte === 0)) return;
    const { path, type, size } = entryOf(head);
    if (type === '5') return;
    const isFile = type === '0' || type === '\0';
    if (this.#below !== undefined && !(isFile && isBelow(path, this.#below))) {
      this.#unwanted = Math.ceil(size / BLOCK) * BLOCK;
      return;
    }
    if (!isFile) throw invalid(`${path} is of type ${type}`);
    const file = join(this.#folder, path);
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(file, 'wx');
    if (size === 0) return handle.close();
    this.#file = handle;
    this.#left = size;
    this.#filler = (BLOCK - (size % BLOCK)) % BLOCK;
  }
}

const isBelow = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

function entryOf(head: Buffer): { path: string; type: string; size: number } {
  const text = (from: number, to: number): string => head.toString('utf8', from, to).replace(/\0.*$/s, '');
  const isUstar = text(257, 262) === 'ustar';
  const path = [isUstar ? text(345, 500) : '', text(0, 100)].filter(Boolean).join('/').replace(/^(\.\/)+/, '');
  if (path.startsWith('/') || path.includes('\\') || path.split('/').includes('..')) throw invalid(`${path} lies outside`);
  return { path, type: head.toString('latin1', 156, 157), size: sizeOf(head) };
} // prettier-ignore

/** Octal digits, or from 8 GiB on a binary number. */
function sizeOf(head: Buffer): number {
  if (head[124] === 0x80) return Number(head.readBigUInt64BE(128));
  const digits = head.toString('latin1', 124, 136).replace(/[\0 ]+$/, '').trim();
  if (!/^[0-7]+$/.test(digits)) throw invalid('a header has no size');
  return parseInt(digits, 8);
} // prettier-ignore

const invalid = (why: string): ModelError =>
  new ModelError('MODEL_ARCHIVE_INVALID', `This is no tar of a model's folder: ${why}.`);
