import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { selfSigned } from '../handler-template/inputs/https/certificate.ts';

const NAME = 'pictures.example';

/** The files of a folder behind https, on this machine. */
export interface WebPictures {
  url(file: string): string;
  /** Lets a project's function fetch from here, and from nowhere else: as it is emitted, it asks the public internet alone. */
  openTo(project: string): void;
  stop(): void;
}

export async function servePictures(folder: string): Promise<WebPictures> {
  const pem = selfSigned([NAME]);
  const server = createServer(pem, ({ url = '' }, response) => response.end(readFileSync(join(folder, url))));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: (file) => `https://${NAME}:${port}/${file}`,
    openTo: (project) => writeFileSync(join(project, 'src/inputs/https/way.ts'), wayTo(port, pem.cert)),
    stop: () => void server.close(),
  };
}

const wayTo = (port: number, ca: string): string => `import { request } from 'node:https';
import type { Way } from '../named.ts';
import { download, type Web } from './web.ts';

const web: Web = {
  resolve: () => Promise.resolve(['127.0.0.1']),
  request: ((url: URL, options: object, answered: () => void) => request(url, { ...options, ca: ${JSON.stringify(ca)} }, answered)) as Web['request'],
  policy: { allowsAddress: (address) => address === '127.0.0.1', allowsHost: () => true, port: '${port}' },
};

export const https: Way = { scheme: 'https:', fetch: (url, limit, deadline) => download(web, url, limit, deadline) };
`;
