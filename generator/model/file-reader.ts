import type { Hash } from 'node:crypto';
import { readSync } from 'node:fs';

/** Why bytes are no message: they end too early, or they can't be one. */
export class WireError extends Error {
  readonly kind: 'truncated' | 'malformed';
  readonly offset: number;

  constructor(kind: 'truncated' | 'malformed', offset: number) {
    super(`${kind} at byte ${offset}`);
    this.kind = kind;
    this.offset = offset;
  }
}

const CHUNK = 1 << 20;

/** Reads a file front to back with one chunk in memory; every byte that goes by, skipped ones too, goes into the hash. */
export class FileReader {
  readonly size: number;
  readonly #fd: number;
  readonly #hash: Hash;
  readonly #chunk = Buffer.allocUnsafe(CHUNK);
  #filled = 0;
  #at = 0;
  #read = 0;

  constructor(fd: number, size: number, hash: Hash) {
    this.#fd = fd;
    this.size = size;
    this.#hash = hash;
  }

  /** Offset in the file of the next byte. */
  get position(): number {
    return this.#read - this.#filled + this.#at;
  }

  byte(): number {
    if (this.#at === this.#filled) this.#fill();
    return this.#chunk[this.#at++] as number;
  }

  /** A protobuf varint as a number; bits above 2^53 lose precision, which no length or tag needs. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new WireError('malformed', this.position);
  }

  bytes(length: number): Buffer {
    const out = Buffer.allocUnsafe(length);
    this.#pass(length, (from, to, done) => void this.#chunk.copy(out, done, from, to));
    return out;
  }

  skip(length: number): void {
    this.#pass(length, () => undefined);
  }

  #pass(length: number, take: (from: number, to: number, done: number) => void): void {
    for (let done = 0; done < length;) {
      if (this.#at === this.#filled) this.#fill();
      const step = Math.min(length - done, this.#filled - this.#at);
      take(this.#at, this.#at + step, done);
      this.#at += step;
      done += step;
    }
  }

  #fill(): void {
    const got = readSync(this.#fd, this.#chunk, 0, CHUNK, this.#read);
    if (got === 0) throw new WireError('truncated', this.#read);
    this.#hash.update(this.#chunk.subarray(0, got));
    this.#read += got;
    this.#filled = got;
    this.#at = 0;
  }
}
