/** Where the service is, and how it is asked. */
export interface ClientOptions {
  /** The API with its stage, as a deployment prints it: `https://abc123.execute-api.eu-west-1.amazonaws.com/prod`. */
  readonly baseUrl: string | URL;
  /** Sent as `x-api-key`, for stages that ask for a key. */
  readonly apiKey?: string | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * What sends requests, the global `fetch` where it is left out. A stage that takes only requests signed by an AWS account (IAM) needs
   * one that signs (Signature Version 4, service `execute-api`): `aws4fetch` and others bring it.
   */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** How long one attempt may take: 30,000 where it is left out, since API Gateway waits no longer either. */
  readonly timeoutMs?: number | undefined;
  /** How often a request is sent again that met 429, 502, 503, 504 or a broken connection: twice where it is left out. */
  readonly retries?: number | undefined;
}

/** Settings of one call. */
export interface CallOptions {
  /** Ends the call, retries included. */
  readonly signal?: AbortSignal | undefined;
}

/** A refusal or failure that the service, or API Gateway before it, answered with. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** Of the HTTP answer. */
  readonly status: number;
  /** For programs: does not change. `UNKNOWN` where the answer has none. */
  readonly code: string;
  /** What the function's log has it under, where the answer tells. */
  readonly requestId: string | undefined;

  constructor(message: string, status: number, code: string, requestId?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

/** What is posted; without it a request is GET. */
export interface Body {
  readonly contentType: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

export type Send = (path: string, call?: CallOptions, post?: Body, accept?: string) => Promise<Response>;

const RETRIED: readonly number[] = [429, 502, 503, 504];

/** Sends requests, again where that may help; whatever is not a success becomes a ServiceError. */
export function sender({ baseUrl, apiKey, headers, fetch, timeoutMs = 30_000, retries = 2 }: ClientOptions): Send {
  const base = String(baseUrl).replace(/\/+$/, '');
  const own = { ...headers, ...(apiKey !== undefined && { 'x-api-key': apiKey }) };
  // Browsers want to see `fetch` called as what it is: a function of the window.
  const ask = fetch ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init));
  return async (path, { signal } = {}, post, accept = 'application/json') => {
    const type = post && { 'Content-Type': post.contentType };
    const attempt = (): Promise<Response> => {
      const limit = AbortSignal.timeout(timeoutMs);
      return ask(base + path, {
        headers: { Accept: accept, ...type, ...own },
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        ...(post && { method: 'POST', body: post.body }),
      });
    };
    for (let left = retries, wait = 200; ; left--, wait *= 2) {
      const outcome = await attempt().catch((error: unknown) => {
        // What `fetch` throws for a connection that failed; an abort is another error, and final.
        if (left > 0 && isTypeError(error) && !signal?.aborted) return undefined;
        throw error;
      });
      if (outcome?.ok) return outcome;
      if (outcome && !(left > 0 && RETRIED.includes(outcome.status))) throw await errorOf(outcome);
      await outcome?.body?.cancel();
      await pause(wait * (0.5 + Math.random()), signal);
    }
  };
}

/** By its name: another realm has another class. */
const isTypeError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'TypeError';

async function errorOf(response: Response): Promise<ServiceError> {
  const { status } = response;
  const text = await response.text();
  const { message = `The service answered ${String(status)}.`, code = 'UNKNOWN' } = fieldsOf(text);
  const id = response.headers.get('x-amzn-requestid') ?? response.headers.get('apigw-requestid');
  return new ServiceError(message, status, code, id ?? undefined);
}

/** What an error says of itself; nothing where it is not of our making. */
function fieldsOf(text: string): { readonly message?: string; readonly code?: string } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
