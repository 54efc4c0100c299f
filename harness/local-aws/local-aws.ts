import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { ELSEWHERE } from '../credentials.ts';
import { workFolder } from '../work-folder.ts';
import { forward, type RawRequest } from './forward.ts';
import { jsonServices } from './json-services.ts';
import { lambda } from './lambda.ts';
import { s3 } from './s3.ts';
import { refuse, type AwsAnswer, type Store, type Written } from './service.ts';

/** In the order in which they are asked whose a request is. */
const SERVICES = [jsonServices, lambda, s3];

const none = (): AwsAnswer => refuse(501, 'NotImplemented', 'This service is not there on this machine');

const IN_THE_WAY = ['EEXIST', 'ENOTDIR', 'EISDIR'];

/** Longer names are no files on most systems. */
const LONGEST = 200;

/**
 * What a function of ours needs of AWS, on this machine: objects are kept, messages, items and events are kept for who asks what came out. Nothing else is
 * imitated: no permissions, no deliveries. What is written lies in .onnx-lambda/local-aws/ too.
 */
export class LocalAws {
  readonly #server: Server;
  readonly #root: string;
  readonly #behind: string | undefined;
  readonly #written: Written[] = [];
  readonly #store: Store = { objects: new Map(), wrote: (written) => this.#keep(written) };

  private constructor(root: string, behind: string | undefined) {
    this.#root = root;
    this.#behind = behind;
    this.#server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const { method = '', headers, url = '' } = request;
        void this.#answer({ method, url, headers, body: Buffer.concat(pieces) }).then((answer) => {
          response.writeHead(answer.status ?? 200, answer.headers);
          response.end(answer.body);
        });
      });
    });
  }

  /**
   * @param root the project's, whose .onnx-lambda/ it writes to
   * @param behind another endpoint that answers in its place: then this one only looks at what is written there
   */
  static async start(root: string, behind?: string): Promise<LocalAws> {
    const aws = new LocalAws(root, behind);
    await new Promise<void>((resolve) => aws.#server.listen(0, '127.0.0.1', resolve));
    return aws;
  }

  /** What the function must have in its environment. */
  get variables(): Readonly<Record<string, string>> {
    const { port } = this.#server.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      ...ELSEWHERE,
    };
  }

  /** What the function wrote so far. */
  get written(): readonly Written[] {
    return this.#written;
  }

  /** Puts an object there, as a user would. */
  put(bucket: string, key: string, bytes: Uint8Array, contentType: string): void {
    this.#store.objects.set(`/${bucket}/${key}`, { bytes, contentType });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(sent: RawRequest): Promise<AwsAnswer> {
    try {
      if (this.#behind === undefined) return this.#own(sent, this.#store);
      const answer = await forward(this.#behind, sent);
      if ((answer.status ?? 200) < 300) this.#own(sent, { ...this.#store, objects: new Map() });
      return answer;
    } catch (error) {
      return refuse(400, 'SerializationException', String(error));
    }
  }

  #own({ url, ...rest }: RawRequest, store: Store): AwsAnswer {
    // By hand: a URL would have no .. in it, a key may.
    const [path = ''] = url.split('?', 1);
    const request = { ...rest, path: decodeURIComponent(path) };
    const service = SERVICES.find(({ takes }) => takes(request));
    return service?.answer(request, store) ?? none();
  }

  #keep(written: Written): void {
    const { to, name, key, content } = written;
    this.#written.push(written);
    const file = join(workFolder(this.#root, 'local-aws'), to, ...[name, ...key.split('/')].map(fileName));
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    } catch (error) {
      // S3 has `a` and `a/b`, a file system one of them: it is in memory all the same.
      if (!IN_THE_WAY.includes(String((error as NodeJS.ErrnoException).code))) throw error;
    }
  }
}

/** A part of a key as the name of a file, whatever is in it. */
function fileName(part: string): string {
  const name = encodeURIComponent(part).replace(/^\.*$/, (dots) => `%${dots.replaceAll('.', '%2E')}`).replaceAll('*', '%2A');
  return name.length > LONGEST ? createHash('sha256').update(part).digest('hex') : name;
} // prettier-ignore
