import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LIMITS } from './limits.ts';

/** One event on its way into the function. */
export interface Delivery {
  readonly requestId: string;
  readonly payload: string | Uint8Array;
  /** ms since 1970 */
  readonly deadline: number;
  readonly functionArn: string;
  readonly traceId: string;
}

/** What the child says to the Runtime API. */
export type Message =
  | { readonly kind: 'next' }
  | { readonly kind: 'response'; readonly payload: string }
  | { readonly kind: 'error'; readonly payload: string }
  | { readonly kind: 'init-error'; readonly payload: string }
  | { readonly kind: 'response-too-large' };

export interface RuntimeApi {
  /** host:port for AWS_LAMBDA_RUNTIME_API */
  readonly address: string;
  /** Answers the child's waiting `GET next`. */
  readonly deliver: (delivery: Delivery) => void;
  readonly close: () => void;
}

const VERSION = '/2018-06-01/runtime';

/**
 * Lambda's Runtime API (version 2018-06-01) for one environment, on loopback.
 *
 * @param hear is told all that the child says, and the peak memory in bytes where the child reports it
 */
export async function serveRuntimeApi(
  hear: (message: Message, peakMemory: number | undefined) => void,
): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined;
  let current: string | undefined;

  const end = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const route = `${request.method} ${request.url}`;
    if (route === `GET ${VERSION}/invocation/next`) {
      waiting = response;
      hear({ kind: 'next' }, undefined);
      return;
    }
    const peak = Number(request.headers['harness-peak-memory']) || undefined;
    const body = await readUpTo(request, LIMITS.payload);
    if (route === `POST ${VERSION}/init/error`) {
      end(response, 202, { status: 'OK' });
      hear({ kind: 'init-error', payload: body?.toString() ?? '{}' }, peak);
      return;
    }
    const [, id, kind] = /^POST \/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(route) ?? [];
    if (kind === undefined)
      return end(response, 404, { errorType: 'InvalidPath', errorMessage: 'There is no such path.' });
    if (id !== current)
      return end(response, 400, { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' });
    current = undefined;
    if (body === undefined) {
      end(response, 413, {
        errorType: 'RequestEntityTooLarge',
        errorMessage: `Exceeded maximum allowed payload size (${LIMITS.payload} bytes).`,
      });
      return hear({ kind: 'response-too-large' }, peak);
    }
    end(response, 202, { status: 'OK' });
    hear({ kind: kind as 'response' | 'error', payload: body.toString() }, peak);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  // A child waits in `GET next` for as long as nobody calls.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  await listen(server);
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliver: ({ requestId, payload, deadline, functionArn, traceId }) => {
      current = requestId;
      waiting?.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
        'lambda-runtime-aws-request-id': requestId,
        'lambda-runtime-deadline-ms': String(deadline),
        'lambda-runtime-invoked-function-arn': functionArn,
        'lambda-runtime-trace-id': traceId,
      });
      waiting?.end(payload);
      waiting = undefined;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const listen = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });

/** The body, or undefined where it is longer than `limit` bytes (it is read to its end all the same: the child must hear the answer). */
async function readUpTo(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes > limit ? undefined : Buffer.concat(chunks);
}
