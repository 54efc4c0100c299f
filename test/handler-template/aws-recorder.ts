import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as an SDK client sent it. */
export interface AwsRequest {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface AwsResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Answers SDK clients over HTTP as a test wants it, and keeps what they sent. */
export class AwsRecorder {
  readonly requests: AwsRequest[] = [];
  /** 200 without a body, which S3 takes for a PutObject, by default. */
  answer: (request: AwsRequest) => AwsResponse = () => ({});

  readonly #server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const kept = { method, url, headers, body: Buffer.concat(pieces) };
      this.requests.push(kept);
      const { status = 200, headers: answered = {}, body = '' } = this.answer(kept);
      response.writeHead(status, answered);
      response.end(body);
    });
  });

  /** What an SDK must have in its environment. */
  async start(): Promise<Readonly<Record<string, string>>> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_MAX_ATTEMPTS: '1',
    };
  }

  /** Forgets what came, and answers as at first. */
  reset(): void {
    this.requests.length = 0;
    this.answer = () => ({});
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Refuses as S3 does. */
export const s3Error = (status: number, code: string): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`,
});
