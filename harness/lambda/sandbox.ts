import type { Exit } from './invocation.ts';
import { eachLine } from './lines.ts';
import { MEGABYTE } from './limits.ts';
import { peakMemory } from './memory.ts';
import { killProcess, startProcess } from './process.ts';
import { serveRuntimeApi, type Delivery, type Message } from './runtime-api.ts';

/** How often the memory of a working child is looked at, in ms. */
const LOOK = 25;
/** How long output of a dead child's own children is waited for, in ms. */
const FLUSH = 500;

export type Ended = { readonly kind: 'exit'; readonly exit: Exit; readonly overMemory: boolean };
export type Heard = Message | Ended;

/** One process with its Runtime API: what Lambda calls an execution environment, from its start to its end. */
export interface Sandbox {
  /** The next thing heard of the child that `pick` wants; its end is always heard. */
  readonly hear: <Kind extends Heard['kind']>(...kinds: Kind[]) => Promise<Extract<Heard, { kind: Kind }> | Ended>;
  readonly deliver: (delivery: Delivery) => void;
  readonly isAlive: () => boolean;
  /** Whether it waits for an event. */
  readonly isReady: () => boolean;
  /** Most memory that it ever held, in bytes. */
  readonly peakMemory: () => number;
  /** Resolves when the process is gone and its output is read. */
  readonly kill: () => Promise<void>;
}

export interface SandboxSettings {
  readonly variables: (runtimeApi: string) => Record<string, string>;
  /** Working directory: stands for /var/task. */
  readonly folder: string;
  /** MB */
  readonly memory: number;
  /** Takes each line that the child prints. */
  readonly log: (line: string) => void;
}

/** Starts a process for the function. It loads the handler right away; `next` is heard when it is done. */
export async function startSandbox({ variables, folder, memory, log }: SandboxSettings): Promise<Sandbox> {
  const listeners = new Set<(heard: Heard) => void>();
  let reported = 0;
  let ready = false;
  let ended: Ended | undefined;
  let overMemory = false;

  const tell = (heard: Heard): void => {
    for (const listener of [...listeners]) listener(heard);
  };
  const api = await serveRuntimeApi((message, peak) => {
    if (peak !== undefined) reported = Math.max(reported, peak);
    if (message.kind === 'next') ready = true;
    look();
    tell(message);
  });
  const child = startProcess(variables(api.address), folder, memory);
  if (child.stdout) eachLine(child.stdout, log);
  if (child.stderr) eachLine(child.stderr, log);

  const look = (): void => {
    reported = Math.max(reported, (child.pid !== undefined && peakMemory(child.pid)) || 0);
    if (overMemory || reported <= memory * MEGABYTE) return;
    overMemory = true;
    killProcess(child);
  };
  const looking = setInterval(look, LOOK);

  const gone = new Promise<void>((resolve) => {
    const end = (exit: Exit): void => {
      if (ended) return;
      ended = { kind: 'exit', exit, overMemory };
      clearInterval(looking);
      api.close();
      tell(ended);
      resolve();
    };
    child.once('error', (error) => {
      log(`The function's process did not start: ${error.message}`);
      end({ code: 127, signal: null });
    });
    child.once('close', (code, signal) => end({ code, signal }));
    child.once('exit', (code, signal) => setTimeout(() => end({ code, signal }), FLUSH).unref());
  });

  return {
    hear: (...kinds) =>
      new Promise((resolve) => {
        type Wanted = Extract<Heard, { kind: (typeof kinds)[number] }> | Ended;
        if (ended) return resolve(ended);
        const listener = (heard: Heard): void => {
          if (heard.kind !== 'exit' && !(kinds as readonly string[]).includes(heard.kind)) return;
          listeners.delete(listener);
          resolve(heard as Wanted);
        };
        listeners.add(listener);
      }),
    deliver: (delivery) => {
      ready = false;
      api.deliver(delivery);
    },
    isAlive: () => ended === undefined && !overMemory,
    isReady: () => ready && ended === undefined,
    peakMemory: () => reported,
    kill: async () => {
      killProcess(child);
      await gone;
    },
  };
}
