import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ToolError } from '../generator/errors.ts';

type Address = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/** ms that an engine may take to answer; a socket without an engine behind it does not hang, a remote one may. */
const PATIENCE = 5_000;

/** Where a container engine may listen, in the order in which SAM looks: DOCKER_HOST alone where it is set, else the usual sockets. */
export function engineAddresses(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): Address[] {
  const host = env['DOCKER_HOST'];
  if (host) {
    const url = new URL(host);
    if (url.protocol === 'unix:' || url.protocol === 'npipe:') return [{ socketPath: url.pathname }];
    return [{ host: url.hostname, port: Number(url.port || 2375) }];
  }
  if (platform === 'win32') return [{ socketPath: '//./pipe/docker_engine' }];
  const sockets = ['/var/run/docker.sock', join(homedir(), '.docker/run/docker.sock')];
  const finch = platform === 'darwin' ? '/Applications/Finch/lima/data/finch/sock/finch.sock' : '/var/run/finch.sock';
  return [...sockets, finch].map((socketPath) => ({ socketPath }));
}

/** What the engine's API answers to a GET; undefined where nothing answers. */
function get(
  address: Address,
  path: string,
  signal: AbortSignal,
): Promise<{ status: number; body: string } | undefined> {
  return new Promise((resolve) => {
    const asked = request({ ...address, path, signal, timeout: PATIENCE }, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, body }),
        () => resolve(undefined),
      );
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(undefined));
    asked.end();
  });
}

/** An image on this machine. */
export interface Image {
  /** `sha256:…` */
  readonly id: string;
  /** All its layers, unpacked: what Lambda counts. */
  readonly bytes: number;
}

/** A line of a Dockerfile, or of its base's, and what it added. */
export interface Step {
  readonly line: string;
  readonly bytes: number;
}

/** A container engine that answers. */
export interface Engine {
  /** Undefined where it is not on this machine. */
  image(name: string): Promise<Image | undefined>;
  /** The lines that an image was made by. */
  steps(name: string): Promise<readonly Step[]>;
}

/** What needs the engine, and the way around it. */
const NEEDS = {
  local: {
    why: '`sam local` runs the function in a container',
    instead: 'leave --sam out: the embedded Lambda needs none',
  },
  build: { why: 'the project is packaged as a container image', instead: 'onnx-lambda update --package zip' },
} as const;

/**
 * Finds a running container engine.
 *
 * @throws ToolError DOCKER_MISSING where none answers
 */
export async function findEngine(
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
  need: keyof typeof NEEDS,
): Promise<Engine> {
  for (const address of engineAddresses(env)) {
    if ((await get(address, '/_ping', signal))?.status !== 200) continue;
    const ask = async (name: string, what: string): Promise<unknown> => {
      const answer = await get(address, `/images/${encodeURIComponent(name)}/${what}`, signal);
      return answer?.status === 200 ? JSON.parse(answer.body) : undefined;
    };
    return {
      image: async (name) => {
        const found = (await ask(name, 'json')) as { Id: string; Size: number } | undefined;
        return found && { id: found.Id, bytes: found.Size };
      },
      steps: async (name) => {
        const found = (await ask(name, 'history')) as readonly { CreatedBy: string; Size: number }[] | undefined;
        return (found ?? []).map(({ CreatedBy, Size }) => ({ line: instruction(CreatedBy), bytes: Size }));
      },
    };
  }
  signal.throwIfAborted();
  const { why, instead } = NEEDS[need];
  throw new ToolError('DOCKER_MISSING', {
    what: `No container engine answers, and ${why}.`,
    where: env['DOCKER_HOST'] ?? 'the usual sockets of Docker and Finch',
    expected: 'Docker or Finch, installed and running',
    next: `start Docker (https://docs.docker.com/engine/install/); or ${instead}`,
  });
}

/**
 * A line of a Dockerfile as the engine's history has it, without what only the engine says of it.
 *
 * @example instruction('/bin/sh -c #(nop) COPY dir:55b6214 in /opt ') // 'COPY /opt'
 */
export const instruction = (createdBy: string): string =>
  createdBy
    .replace(/^\/bin\/sh -c #\(nop\)\s*/, '')
    .replace(/(?:dir|file|multi):[0-9a-f]+ in /, '')
    .replace(/ # buildkit$/, '')
    .trim();
