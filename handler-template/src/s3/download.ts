import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { explain, ModelError } from './errors.ts';
import { Untar } from './untar.ts';

/** An object that never changes, and what must be in it. */
export interface Pinned {
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  /** Of the object: a tar of the model's folder. */
  readonly sha256: string;
}

/** The object's bytes, and how many there must be. */
export interface Opened {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly size: number | undefined;
}

/** Asks S3 for an object; retries and credentials are its own affair. */
export type OpenObject = (object: Pinned) => Promise<Opened>;

/** How often a connection may break. */
const ATTEMPTS = 3;

const PARTIAL = /^\.partial-(\d+)-/;

/**
 * Brings the model's folder to this environment, once: what is there already is used. A folder under its last name is whole and of that sha256,
 * whatever ended the process that was at it.
 *
 * @param temporary where there is room: /tmp
 * @returns path of the folder
 * @throws ModelError
 */
export async function bringModel(object: Pinned, temporary: string, open: OpenObject): Promise<string> {
  const folder = join(temporary, `model-${object.sha256}`);
  if (existsSync(folder)) return folder;
  await removeAbandoned(temporary);
  for (let attempt = 1; ; attempt++) {
    const partial = join(temporary, `.partial-${process.pid}-${randomUUID()}`);
    try {
      await unpack(object, partial, open);
      await take(partial, folder);
      return folder;
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      const explained = explain(error, `s3://${object.bucket}/${object.key}?versionId=${object.version}`);
      const mayPass = explained.code === 'MODEL_UNREACHABLE' || explained.code === 'MODEL_TRUNCATED';
      if (!mayPass || attempt === ATTEMPTS) throw explained;
    }
  }
}

/** Streams the object into a folder: at no time is more than a piece of it in memory. */
async function unpack(object: Pinned, folder: string, open: OpenObject): Promise<void> {
  const { bytes, size } = await open(object);
  await mkdir(folder);
  const untar = new Untar(folder);
  const hash = createHash('sha256');
  let received = 0;
  try {
    for await (const piece of bytes) {
      received += piece.length;
      hash.update(piece);
      await untar.write(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
    }
  } finally {
    await untar.end();
  }
  if (size !== undefined && received !== size) {
    throw new ModelError('MODEL_TRUNCATED', `${received} of ${size} bytes came.`);
  }
  const sha256 = hash.digest('hex');
  if (sha256 !== object.sha256) {
    throw new ModelError('MODEL_SHA256_DIFFERS', `The object's sha256 is ${sha256}, and not ${object.sha256}.`);
  }
}

/** Another process on the same disk may have been quicker: its folder is as good. */
async function take(partial: string, folder: string): Promise<void> {
  try {
    await rename(partial, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    await rm(partial, { recursive: true, force: true });
  }
}

/** A start that Lambda broke off leaves its half behind, and takes the room of the next. */
async function removeAbandoned(temporary: string): Promise<void> {
  for (const name of await readdir(temporary)) {
    const [, pid] = PARTIAL.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(temporary, name), { recursive: true, force: true });
  }
}

/** After a start that was broken off, the next may well have the same number. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
