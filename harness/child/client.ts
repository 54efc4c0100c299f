import { Agent, request, type IncomingHttpHeaders } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function call(api: string, method: 'GET' | 'POST', path: string, body?: string): Promise<Answer> {
  const [host, port] = api.split(':');
  const headers =
    body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...memory() };
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, method, path: `/2018-06-01/runtime${path}`, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  }).catch(() => {
    // The other side is gone: so is the reason to live.
    process.exit(0);
  }) as Promise<Answer>;
}

/** Where the system keeps no count that the parent can read, the child says what it has held at most. */
const memory = (): Record<string, number> =>
  process.platform === 'linux' ? {} : { 'harness-peak-memory': process.resourceUsage().maxRSS * 1024 };

/** Waits for an event. */
export const next = (api: string): Promise<Answer> => call(api, 'GET', '/invocation/next');

/** Posts an answer or an error. */
export const post = (api: string, path: string, body: string): Promise<Answer> => call(api, 'POST', path, body);
