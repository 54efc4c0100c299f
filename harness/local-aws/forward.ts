import { request as requestHttp, type IncomingHttpHeaders } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AwsAnswer } from './service.ts';

/** A request as it came. */
export interface RawRequest {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Headers that belong to one connection. */
const OF_CONNECTION = ['host', 'connection', 'expect', 'transfer-encoding', 'content-length', 'keep-alive'];

const kept = (headers: IncomingHttpHeaders): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || OF_CONNECTION.includes(name) ? [] : [[name, value]],
    ),
  );

/** What another server answers to the same request. */
export function forward(endpoint: string, { method, url, headers, body }: RawRequest): Promise<AwsAnswer> {
  const { protocol, hostname, port } = new URL(endpoint);
  const send = protocol === 'https:' ? requestHttps : requestHttp;
  const sent = { ...kept(headers), 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const request = send({ hostname, port, method, path: url, headers: sent, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 502,
          headers: kept(response.headers) as Record<string, string>,
          body: Buffer.concat(pieces),
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
