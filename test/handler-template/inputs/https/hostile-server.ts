import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { download, type Web } from '../../../../handler-template/src/inputs/https/web.ts';
import { LIMIT, NEVER } from '../limits.ts';
import { selfSigned } from './certificate.ts';

export type Behaviour = (response: ServerResponse, request: IncomingMessage) => void;

/** An https server on this machine that does what a test wants, under a name of its own. */
export class HostileServer {
  static readonly NAME = 'pictures.example';
  readonly #pem = selfSigned([HostileServer.NAME]);
  readonly #server = createServer(this.#pem, (request, response) => {
    this.requests.push(request.url ?? '');
    this.behaviour(response, request);
  });
  readonly requests: string[] = [];
  /** All that were ever opened to it. */
  readonly sockets: Socket[] = [];
  /** Which of this machine's addresses each was opened to. */
  readonly reached: (string | undefined)[] = [];
  behaviour: Behaviour = (response) => response.end('whole');

  async start(): Promise<this> {
    this.#server.on('connection', (socket: Socket) => {
      this.sockets.push(socket);
      this.reached.push(socket.localAddress);
    });
    // Who goes away half-way is what is tested.
    this.#server.on('tlsClientError', () => undefined);
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get certificate(): string {
    return this.#pem.cert;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  url(path = '/'): string {
    return `https://${HostileServer.NAME}:${this.port}${path}`;
  }

  /** What may be asked is this server alone, and its certificate is believed. */
  web(more: Partial<Web> = {}): Web {
    return {
      resolve: () => Promise.resolve(['127.0.0.1']),
      policy: { allowsAddress: (address) => address === '127.0.0.1', allowsHost: () => true, port: `${this.port}` },
      request: trusting(this.#pem.cert),
      ...more,
    };
  }

  /** What a download of it gets when it behaves so. */
  get(behaviour: Behaviour, web = this.web(), deadline: AbortSignal = NEVER): Promise<Buffer> {
    this.behaviour = behaviour;
    return download(web, this.url('/first'), LIMIT, deadline);
  }

  /** Resolves when nobody is connected any more. */
  async deserted(): Promise<void> {
    await Promise.all(this.sockets.filter(({ closed }) => !closed).map((socket) => once(socket, 'close')));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** node:https with one more certificate that is believed. */
function trusting(ca: string): Web['request'] {
  return ((url: URL, options: object, answered: (response: IncomingMessage) => void) =>
    request(url, { ...options, ca }, answered)) as Web['request'];
}
