import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
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

/** Status of a GET on the engine's API; undefined where nothing answers. */
function get(address: Address, path: string, signal: AbortSignal): Promise<number | undefined> {
  return new Promise((resolve) => {
    const asked = request({ ...address, path, signal, timeout: PATIENCE }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(undefined));
    asked.end();
  });
}

/** A container engine that answers. */
export interface Engine {
  /** Whether an image is on this machine already. */
  hasImage(name: string): Promise<boolean>;
}

/**
 * Finds a running container engine.
 *
 * @throws ToolError DOCKER_MISSING where none answers
 */
export async function findEngine(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Engine> {
  for (const address of engineAddresses(env)) {
    if ((await get(address, '/_ping', signal)) !== 200) continue;
    return {
      hasImage: async (name) => (await get(address, `/images/${encodeURIComponent(name)}/json`, signal)) === 200,
    };
  }
  signal.throwIfAborted();
  throw new ToolError('DOCKER_MISSING', {
    what: 'No container engine answers, and `sam local` runs the function in a container.',
    where: env['DOCKER_HOST'] ?? 'the usual sockets of Docker and Finch',
    expected: 'Docker or Finch, installed and running',
    next: 'start Docker (https://docs.docker.com/engine/install/); or leave --sam out: the embedded Lambda needs none',
  });
}
