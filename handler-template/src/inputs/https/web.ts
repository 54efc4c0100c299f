import type { IncomingMessage } from 'node:http';
import type { request } from 'node:https';
import { collect } from '../collect.ts';
import { broken, explainDownload, failed, refused } from '../failures.ts';
import type { Policy } from './policy.ts';
import { pinned, type Resolve } from './resolve.ts';
import { targetOf, type Target } from './url.ts';

const MOST_REDIRECTS = 3;

/** What a download does to the world, and what it may. */
export interface Web {
  readonly resolve: Resolve;
  readonly request: typeof request;
  readonly policy: Policy;
}

/**
 * Fetches what an https:// URL names, wherever strangers point it: only the public internet is asked, at every redirect anew.
 *
 * @param limit in bytes
 * @param deadline of all of it, from the first look at the name to the last byte
 * @throws ServiceError URL_REFUSED, DOWNLOAD_ENCODED, DOWNLOAD_TOO_LARGE, DOWNLOAD_FAILED, DOWNLOAD_BROKEN, DOWNLOAD_TIMEOUT
 */
export async function download(web: Web, text: string, limit: number, deadline: AbortSignal): Promise<Buffer> {
  try {
    let target = targetOf(text, web.policy);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await ask(web, target, deadline);
      try {
        const location = locationOf(response);
        if (location === undefined) return await bodyOf(response, limit);
        target = targetOf(location, web.policy, target.url);
      } finally {
        response.destroy();
      }
    }
    throw refused(`it is sent on more than ${MOST_REDIRECTS} times`);
  } catch (error) {
    throw explainDownload(error, deadline);
  }
}

async function ask(
  { resolve, request: open, policy }: Web,
  target: Target,
  deadline: AbortSignal,
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
      headers: { 'accept-encoding': 'identity', 'user-agent': 'onnx-lambda' },
    };
    open(target.url, options, answered).on('error', broke).end();
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

const REDIRECTS: readonly unknown[] = [301, 302, 303, 307, 308];

function locationOf({ statusCode, headers }: IncomingMessage): string | undefined {
  if (statusCode === 200) return undefined;
  if (REDIRECTS.includes(statusCode) && headers.location !== undefined) return headers.location;
  throw mayPass(statusCode) ? broken('its host fails at it') : failed(`its host answers ${statusCode}, and not 200`);
}

const mayPass = (status = 500): boolean => status >= 500 || [408, 425, 429].includes(status);

function bodyOf(response: IncomingMessage, limit: number): Promise<Buffer> {
  const { 'content-length': length, 'content-encoding': encoding } = response.headers;
  return collect({ bytes: response, size: length === undefined ? undefined : Number(length), encoding }, limit);
}
