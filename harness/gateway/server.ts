import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ToolError } from '../../generator/errors.ts';
import { BODY_LIMIT } from './gateway.ts';
import type { GatewayRequest, GatewayResponse, Headers } from './http.ts';

export interface ServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly handle: (request: GatewayRequest) => Promise<GatewayResponse>;
  readonly log: (line: string) => void;
}

export interface Served {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** ms that a client may take to send a request. */
const PATIENCE = 30_000;
/** ms that a client has to read why its request was cut off. */
const LINGER = 2_000;

/**
 * Serves HTTP on this machine. What a client sends, however broken, is answered or cut off; it never ends the server.
 *
 * @throws ToolError PORT_IN_USE, USAGE for a host that is none
 */
export async function serve({ port, host, handle, log }: ServerOptions): Promise<Served> {
  const server = createServer();
  server.requestTimeout = PATIENCE;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const begun = performance.now();
    response.on('error', () => undefined);
    respond(request, response, handle)
      .then((status) => log(`${request.method} ${request.url} ${status} ${Math.round(performance.now() - begun)} ms`))
      .catch((error: unknown) => {
        if (request.destroyed && !request.complete) return;
        log(
          `${request.method} ${request.url} 500 ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        if (!response.headersSent) send(response, message(500, 'Internal server error'));
        else response.destroy();
      });
  };
  server.on('request', answer);
  // A body that is known to be too long is refused before it is sent.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!isTooLong(request)) response.writeContinue();
    answer(request, response);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const [status, text] = CLIENT_ERRORS[error.code ?? ''] ?? [400, 'Bad Request'];
    const body = JSON.stringify({ message: text });
    socket.end(
      `HTTP/1.1 ${status} ${text}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const CLIENT_ERRORS: Readonly<Record<string, readonly [number, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
};

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return new ToolError(
      'USAGE',
      { what: `${JSON.stringify(host)} is no address of this machine.`, where: '--host', expected: '127.0.0.1' },
      { cause: error },
    );
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES' && error.code !== 'EADDRNOTAVAIL') return error;
  const what = error.code === 'EADDRINUSE' ? `Port ${port} is in use.` : `${host} port ${port} can not be listened on.`;
  return new ToolError(
    'PORT_IN_USE',
    { what, where: `${host}:${port}`, next: 'onnx-lambda start --port 0' },
    { cause: error },
  );
}

const isTooLong = ({ headers }: IncomingMessage): boolean => Number(headers['content-length'] ?? 0) > BODY_LIMIT;

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  handle: ServerOptions['handle'],
): Promise<number> {
  const body = isTooLong(request) ? undefined : await bodyOf(request);
  // One byte too many is enough for the gateway to say so in its own words.
  const answered = await handle(toRequest(request, body ?? Buffer.alloc(BODY_LIMIT + 1)));
  if (body === undefined) sendAndClose(request, response, answered);
  else send(response, answered);
  return answered.status;
}

/** The whole body, or undefined as soon as it is too long. */
function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > BODY_LIMIT) {
        chunks.length = 0;
        resolve(undefined);
      } else chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The client went away.')));
  });
}

/**
 * What a request that is cut off is answered with. Node ends the connection with the answer, and a client that still sends would lose what it
 * has not read: so the answer is written at once and ended when the client had time to read it.
 */
function sendAndClose(request: IncomingMessage, response: ServerResponse, answered: GatewayResponse): void {
  response.shouldKeepAlive = false;
  request.resume();
  writeHead(response, answered);
  response.write(answered.body);
  const end = setTimeout(() => response.end(), LINGER);
  response.once('close', () => clearTimeout(end));
}

function toRequest(request: IncomingMessage, body: Buffer): GatewayRequest {
  const { rawHeaders, method = 'GET', url = '/', httpVersion, socket } = request;
  const headers: Headers = rawHeaders.flatMap((name, i) =>
    i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? ''] as const] : [],
  );
  return {
    method,
    target: url,
    headers,
    body,
    sourceIp: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    protocol: `HTTP/${httpVersion}`,
  };
}

/** Writes status and headers; of a name that occurs twice, in whatever case, both. */
function writeHead(response: ServerResponse, { status, headers, body }: GatewayResponse): void {
  const all = new Map<string, [name: string, values: string[]]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const [spelling, values] = all.get(key) ?? [name, []];
    all.set(key, [spelling, [...values, value]]);
  }
  for (const [name, values] of all.values()) response.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
  if (!isBodiless(status)) response.setHeader('Content-Length', body.length);
  response.writeHead(status);
}

const isBodiless = (status: number): boolean => status === 204 || status === 304;

function send(response: ServerResponse, answered: GatewayResponse): void {
  writeHead(response, answered);
  response.end(isBodiless(answered.status) ? undefined : answered.body);
}

const message = (status: number, text: string): GatewayResponse => ({
  status,
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from(JSON.stringify({ message: text })),
});
