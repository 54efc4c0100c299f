import type { IncomingMessage } from 'node:http';
import type { request } from 'node:https';
import type { Policy } from './policy.ts';
import { pinned, type Resolve } from './resolve.ts';
import type { Target } from './url.ts';

/** What a request does to the world, and what it may. */
export interface Web {
  readonly resolve: Resolve;
  readonly request: typeof request;
  readonly policy: Policy;
}

/** What is asked for; a GET where nothing is said. */
export interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string;
}

/**
 * One request to an address that was checked, and none but that. Its answer has not been read yet: who is done with it destroys it.
 *
 * @throws ServiceError URL_REFUSED; what the network throws
 */
export async function ask(
  { resolve, request: open, policy }: Web,
  target: Target,
  deadline: AbortSignal,
  { method = 'GET', headers, body }: Asked = {},
): Promise<IncomingMessage> {
  const lookup = await inTime(pinned(target, policy, resolve), deadline);
  return new Promise((answered, broke) => {
    const options = {
      // A connection that is kept is one that was checked for another request.
      agent: false,
      lookup,
      signal: deadline,
      // Whatever the environment says.
      rejectUnauthorized: true,
      method,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'onnx-lambda', ...headers },
    };
    open(target.url, options, answered).on('error', broke).end(body);
  });
}

/** Nobody can be stopped who asks for a name; who waits for it can. */
function inTime<T>(work: Promise<T>, deadline: AbortSignal): Promise<T> {
  return new Promise((done, broke) => {
    const late = (): void => {
      broke(deadline.reason as Error);
    };
    if (deadline.aborted) late();
    deadline.addEventListener('abort', late, { once: true });
    work.then(done, broke).finally(() => {
      deadline.removeEventListener('abort', late);
    });
  });
}
