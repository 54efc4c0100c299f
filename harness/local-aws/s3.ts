import { createHash } from 'node:crypto';
import type { AwsAnswer, AwsRequest, AwsService, Store } from './service.ts';

const UNSAID = 'application/octet-stream';

const error = (status: number, code: string): AwsAnswer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
});

const etag = (bytes: Uint8Array): string => `"${createHash('md5').update(bytes).digest('hex')}"`;

/** Objects by `/BUCKET/KEY`: what S3 does for PutObject, GetObject and HeadObject. Every bucket is there. */
export const s3: AwsService = {
  takes: ({ headers }) => !('x-amz-target' in headers) && /\/s3\/aws4_request/.test(headers.authorization ?? ''),
  answer(request, store) {
    const run = METHODS[request.method];
    return run && request.path.split('/').length > 2 ? run(request, store) : error(501, 'NotImplemented');
  },
};

const METHODS: Readonly<Record<string, (request: AwsRequest, store: Store) => AwsAnswer>> = {
  PUT({ path, headers, body }, { objects, wrote }) {
    const bytes = headers['content-encoding']?.includes('aws-chunked') ? unchunked(body) : body;
    objects.set(path, { bytes, contentType: headers['content-type'] ?? UNSAID });
    const [, name = '', ...key] = path.split('/');
    wrote({ to: 's3', name, key: key.join('/'), content: bytes });
    return { headers: { etag: etag(bytes) } };
  },
  GET: ({ path }, { objects }) => read(objects.get(path)),
  HEAD: ({ path }, { objects }) => ({ ...read(objects.get(path)), body: '' }),
};

function read(object: { readonly bytes: Uint8Array; readonly contentType: string } | undefined): AwsAnswer {
  if (!object) return error(404, 'NoSuchKey');
  const { bytes, contentType } = object;
  const headers = { 'content-type': contentType, 'content-length': String(bytes.length), etag: etag(bytes) };
  return { headers, body: bytes };
}

/** The bytes of a body that was sent in signed or checked pieces: `SIZE[;…]\r\nBYTES\r\n`, the last of size 0. */
export function unchunked(body: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (!(size > 0)) break;
    pieces.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(pieces);
}
