import type { IncomingMessage } from 'node:http';
import { collect } from '../collect.ts';
import { broken, explainDownload, failed, refused } from '../failures.ts';
import { ask, type Web } from './ask.ts';
import { targetOf } from './url.ts';

export type { Web };

const MOST_REDIRECTS = 3;

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
