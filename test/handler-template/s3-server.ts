import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What comes of one request for the object. */
export type Behaviour =
  | { readonly kind: 'whole' }
  /** The connection ends after so many bytes. */
  | { readonly kind: 'cut'; readonly after: number }
  /** So many bytes, and no more. */
  | { readonly kind: 'slow'; readonly after: number; readonly then: () => void }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string };

/** A server that answers GetObject as S3 does, over HTTP: by default with the object, and as a test wants it for a number of requests. */
export class S3Server {
  readonly #server = createServer((request, response) => {
    this.requests.push(request.url ?? '');
    this.#answer(response, this.#next.shift() ?? this.#last);
  });
  readonly requests: string[] = [];
  readonly #object: Buffer;
  #next: Behaviour[] = [];
  #last: Behaviour = { kind: 'whole' };

  constructor(object: Buffer) {
    this.#object = object;
  }

  /** What the SDK must have in its environment. */
  async start(): Promise<Readonly<Record<string, string>>> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_MAX_ATTEMPTS: '2',
    };
  }

  /** These behaviours once each, then `last` always. */
  will(next: readonly Behaviour[], last: Behaviour = { kind: 'whole' }): void {
    this.#next = [...next];
    this.#last = last;
    this.requests.length = 0;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(response: ServerResponse, behaviour: Behaviour): void {
    if (behaviour.kind === 'refused') {
      response.writeHead(behaviour.status, { 'content-type': 'application/xml' });
      response.end(`<?xml version="1.0"?><Error><Code>${behaviour.code}</Code><Message>no</Message></Error>`);
      return;
    }
    response.writeHead(200, { 'content-length': this.#object.length, 'content-type': 'application/x-tar' });
    if (behaviour.kind === 'whole') {
      response.end(this.#object);
      return;
    }
    const then = behaviour.kind === 'slow' ? behaviour.then : () => response.destroy();
    response.write(this.#object.subarray(0, behaviour.after), then);
  }
}
