import { ModelError } from '../remote-model/errors.ts';
import type { Opened } from '../remote-model/received.ts';

const MOST_REDIRECTS = 5;

/** What a status means to us; any other that is no success may pass. */
const CODES: Readonly<Record<number, 'MODEL_MISSING' | 'MODEL_ACCESS_DENIED'>> = {
  401: 'MODEL_ACCESS_DENIED',
  403: 'MODEL_ACCESS_DENIED',
  404: 'MODEL_MISSING',
  410: 'MODEL_MISSING',
};

/** Asks for a file over https. Redirects are followed, but never to a connection that proves less. @throws ModelError */
export async function openWeb(address: string): Promise<Opened> {
  const first = new URL(address);
  const stop = new AbortController();
  try {
    const response = await follow(first, stop.signal);
    // A length says how many bytes come over the line; an encoding makes them more.
    const length = response.headers.has('content-encoding') ? null : response.headers.get('content-length');
    return {
      bytes: response.body as AsyncIterable<Uint8Array>,
      size: length === null ? undefined : Number(length),
      stop: () => {
        stop.abort();
      },
    };
  } catch (error) {
    stop.abort();
    throw error;
  }
}

async function follow(first: URL, signal: AbortSignal): Promise<Response> {
  let url = first;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const response = await fetch(url, { redirect: 'manual', signal, headers: { 'accept-encoding': 'identity' } });
    const location = response.headers.get('location');
    if (response.ok && response.body) return response;
    await response.body?.cancel();
    if (response.status < 300 || response.status >= 400 || location === null) throw refused(response.status);
    if (!URL.canParse(location, url.href)) throw new ModelError('MODEL_MISSING', 'It was sent on to no address.');
    url = new URL(location, url.href);
    if (url.protocol !== 'https:' && url.protocol !== first.protocol) {
      throw new ModelError('MODEL_ACCESS_DENIED', `It was sent on to ${url.protocol}//, which could be anybody.`);
    }
  }
  throw new ModelError('MODEL_MISSING', `It was sent on more than ${MOST_REDIRECTS} times.`);
}

const refused = (status: number): ModelError =>
  new ModelError(CODES[status] ?? 'MODEL_UNREACHABLE', `The server answers ${status}.`);
