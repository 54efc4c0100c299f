import { ToolError } from '../../errors.ts';
import { checkWeb, shownWeb } from './address.ts';
import { failed, type Download } from './save.ts';

const MOST_REDIRECTS = 5;
/** Without a byte for so long, nothing will come any more. */
const SILENCE = 60_000;

/** Asks for a file over HTTP. @throws ToolError MODEL_NOT_FOUND, MODEL_ADDRESS_INVALID, MODEL_DOWNLOAD_FAILED */
export async function fromWeb(url: URL, pinned: boolean, signal: AbortSignal): Promise<Download> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error(`nothing came for ${SILENCE / 1000} s`)), SILENCE);
  const where = shownWeb(url);
  const end = (): void => {
    clearTimeout(timer);
    stop.abort();
  };
  try {
    const { response, last } = await follow(url, pinned, AbortSignal.any([signal, stop.signal]));
    // A length says how many bytes come over the line; an encoding makes them more.
    const length = response.headers.has('content-encoding') ? null : response.headers.get('content-length');
    return {
      name: nameIn(last),
      size: length === null ? undefined : Number(length),
      data: heard(response.body as AsyncIterable<Uint8Array>, timer, where),
      end,
      where,
    };
  } catch (error) {
    end();
    throw reason(error, where);
  }
}

async function follow(first: URL, pinned: boolean, signal: AbortSignal): Promise<{ response: Response; last: URL }> {
  let url = first;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const response = await fetch(url, { redirect: 'manual', signal, headers: { accept: '*/*' } });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) {
      if (response.ok && response.body) return { response, last: url };
      await response.body?.cancel();
      throw refused(response.status, shownWeb(url));
    }
    await response.body?.cancel();
    if (!URL.canParse(location, url.href)) throw failed('it was sent on to no address', shownWeb(first));
    url = new URL(location, url.href);
    checkWeb(url, pinned);
  }
  throw failed(`it was sent on more than ${MOST_REDIRECTS} times`, shownWeb(first));
}

/** Each chunk starts the clock again. */
async function* heard(
  body: AsyncIterable<Uint8Array>,
  timer: NodeJS.Timeout,
  where: string,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      timer.refresh();
      yield chunk;
    }
  } catch (error) {
    throw reason(error, where);
  }
}

const GONE = [404, 410];

function refused(status: number, where: string): ToolError {
  if (GONE.includes(status)) {
    return new ToolError('MODEL_NOT_FOUND', { what: `There is no such file: the server answers ${status}.`, where });
  }
  return failed(`the server answers ${status}`, where);
}

function reason(error: unknown, where: string): unknown {
  if (error instanceof ToolError) return error;
  const { message, cause } = error as Error & { cause?: Error & { code?: string } };
  return failed([cause?.code, cause?.message].filter(Boolean).join(' ') || message, where, error);
}

function nameIn({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
