import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { explain, mayPass } from './errors.ts';
import { unpackInto, type Format } from './formats.ts';
import { received, type Open } from './received.ts';

/** What is fetched: bytes that never change. */
export interface Wanted {
  /** For errors. */
  readonly where: string;
  /** Of what is fetched, not of what is in it. */
  readonly sha256: string;
  /** How many bytes it has, where that is known. */
  readonly size?: number;
  readonly format: Format;
}

export interface Patience {
  /** ms for all attempts together. */
  readonly total: number;
  /** ms without a byte after which a connection counts as broken. */
  readonly silence: number;
}

/** How often a connection may break. */
const ATTEMPTS = 3;

const PARTIAL = /^\.partial-(\d+)-/;

/** The time that the function has, as the template says, less what it takes to say that it was too little. */
export function patienceFrom({ MODEL_SECONDS }: NodeJS.ProcessEnv): Patience {
  const seconds = Number(MODEL_SECONDS) || 900;
  return { total: 1000 * Math.max(1, seconds - 1), silence: 20_000 };
}

/**
 * Brings the model's folder to this environment, once: what is there already is used. A folder under its last name is whole and of that sha256,
 * whatever ended the process that was at it.
 *
 * @param temporary where there is room: /tmp
 * @returns path of the folder
 * @throws ModelError
 */
export async function bringModel(
  wanted: Wanted,
  temporary: string,
  open: Open,
  patience: Patience = patienceFrom({}),
): Promise<string> {
  const folder = join(temporary, `model-${wanted.sha256}`);
  if (existsSync(folder)) return folder;
  await removeAbandoned(temporary);
  const deadline = Date.now() + patience.total;
  for (let attempt = 1; ; attempt++) {
    const partial = join(temporary, `.partial-${process.pid}-${randomUUID()}`);
    try {
      await mkdir(partial);
      const pieces = received(wanted, open, { deadline, silence: patience.silence });
      await unpackInto(partial, wanted.format, pieces);
      await take(partial, folder);
      return folder;
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      const explained = explain(error, wanted.where);
      if (!mayPass(explained) || attempt === ATTEMPTS) throw explained;
    }
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
