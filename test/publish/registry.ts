import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What `npm publish` sends. */
interface Publication {
  readonly name: string;
  readonly 'dist-tags': Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, Record<string, unknown>>>;
  readonly _attachments: Readonly<Record<string, { readonly data: string }>>;
}

interface Published {
  readonly document: object;
  readonly tarballs: ReadonlyMap<string, Buffer>;
}

export interface Registry {
  /** With a slash at its end. */
  readonly url: string;
  /** What was published here. */
  readonly names: () => readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * An npm registry on loopback: it has what is published to it, and sends clients on to `upstream` for all else.
 *
 * @param upstream the registry that npm is set to on this machine
 */
export async function startRegistry(upstream: string): Promise<Registry> {
  const packages = new Map<string, Published>();
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent((request.url ?? '/').slice(1));
    const [name = '', ...rest] = path.split('/-/');
    if (request.method === 'PUT') {
      const publication = JSON.parse((await bodyOf(request)).toString()) as Publication;
      packages.set(publication.name, accept(publication, url));
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"ok":true}');
      return;
    }
    const own = packages.get(name);
    if (!own) {
      response.writeHead(302, { location: new URL(request.url?.slice(1) ?? '', upstream).href }).end();
      return;
    }
    const tarball = own.tarballs.get(rest[0] ?? '');
    if (rest.length === 0)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(own.document));
    else if (tarball) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(tarball);
    else response.writeHead(404).end('{}');
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    names: () => [...packages.keys()],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function accept({ name, versions, _attachments, ...rest }: Publication, url: string): Published {
  const tarballs = new Map(
    Object.entries(_attachments).map(([file, { data }]) => [file, Buffer.from(data, 'base64')] as const),
  );
  const listed = Object.entries(versions).map(([version, manifest]) => {
    const file = `${name}-${version}.tgz`;
    const bytes = tarballs.get(file) ?? Buffer.alloc(0);
    const dist = {
      tarball: `${url}${name}/-/${file}`,
      shasum: createHash('sha1').update(bytes).digest('hex'),
      integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    };
    return [version, { ...manifest, dist }] as const;
  });
  // Package managers that wait some days before they trust a release go by `time`.
  const time = Object.fromEntries(Object.keys(versions).map((version) => [version, '2025-01-01T00:00:00.000Z']));
  return { document: { name, 'dist-tags': rest['dist-tags'], versions: Object.fromEntries(listed), time }, tarballs };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
