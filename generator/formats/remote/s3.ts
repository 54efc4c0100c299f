import { GetObjectCommand, ListObjectsV2Command, S3Client, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { explainAws } from '../../aws-errors.ts';
import { ToolError } from '../../errors.ts';
import { checkMembers, type Member } from '../members.ts';
import type { Tree } from '../source.ts';
import type { Temporary } from '../temporary.ts';
import type { S3Address } from './address.ts';
import { save, type Download } from './save.ts';

/** S3 by the usual environment: credentials, region and endpoint; a bucket of another region is found there. */
export function s3Client(env: NodeJS.ProcessEnv): S3Client {
  // Which Node runs is the user's business; the SDK would say so in the middle of the answer.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  return new S3Client({
    region: env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'us-east-1',
    followRegionRedirects: true,
    forcePathStyle: Boolean(env['AWS_ENDPOINT_URL'] ?? env['AWS_ENDPOINT_URL_S3']),
  });
}

/** Asks for one object. @throws ToolError MODEL_NOT_FOUND, CREDENTIALS_…, ACCESS_DENIED, AWS_UNREACHABLE */
export async function fromS3(client: S3Client, address: S3Address, signal: AbortSignal): Promise<Download> {
  const { bucket, key, version } = address;
  const where = nameOf(address);
  const command = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version });
  const { Body, ContentLength } = await call(() => client.send(command, { abortSignal: signal }), where, signal);
  return {
    name: key,
    size: ContentLength,
    data: heard(Body, where, signal),
    end: () => (Body as Readable | undefined)?.destroy(),
    where,
  };
}

/** All that lies below a prefix, as a tree: listed at once, fetched file by file when they are asked for. */
export async function s3Tree(
  client: S3Client,
  address: S3Address,
  temporary: Temporary,
  signal: AbortSignal,
): Promise<Tree> {
  const where = nameOf(address);
  const members = await list(client, address, signal);
  if (members.length === 0) throw new ToolError('MODEL_NOT_FOUND', { what: 'There is nothing below it.', where });
  const indexes = checkMembers(members, Infinity, where);
  const files = new Map([...indexes].map(([path, index]) => [path, members[index] as Member]));
  const placed = new Set<string>();
  return {
    name: `the folder ${where}`,
    where,
    files: new Map([...files].map(([path, { size }]) => [path, size])),
    place: async (paths) => {
      const root = await temporary.folder();
      for (const path of paths.filter((one) => !placed.has(one))) {
        const key = `${address.key}${(files.get(path) as Member).path}`;
        await save(await fromS3(client, { ...address, key }, signal), join(root, path));
        placed.add(path);
      }
      return root;
    },
  };
}

async function list(client: S3Client, address: S3Address, signal: AbortSignal): Promise<Member[]> {
  const { bucket, key } = address;
  const members: Member[] = [];
  for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
    const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: key, ContinuationToken: next });
    const page = await call(() => client.send(command, { abortSignal: signal }), nameOf(address), signal);
    for (const { Key = '', Size = 0 } of page.Contents ?? []) {
      // Consoles make an empty object for a folder.
      if (!Key.endsWith('/')) members.push({ path: Key.slice(key.length), kind: 'file', size: Size });
    }
    next = page.NextContinuationToken;
  }
  return members;
}

const nameOf = ({ bucket, key, version }: S3Address): string =>
  `s3://${bucket}/${key}${version === undefined ? '' : `?versionId=${version}`}`;

async function* heard(
  body: GetObjectCommandOutput['Body'],
  where: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const chunks = (body as AsyncIterable<Uint8Array> | undefined)?.[Symbol.asyncIterator]();
  for (;;) {
    const next = await call(async () => chunks?.next(), where, signal);
    if (!next || next.done === true) return;
    yield next.value;
  }
}

const ABSENT = /^(NoSuchKey|NoSuchBucket|NoSuchVersion|NotFound|InvalidArgument)$/;

async function call<Result>(send: () => Promise<Result>, where: string, signal: AbortSignal): Promise<Result> {
  try {
    return await send();
  } catch (error) {
    const { name, message } = error as Error;
    if (ABSENT.test(name)) {
      const what = `There is no such object: ${name}.`;
      throw new ToolError('MODEL_NOT_FOUND', { what, where: `${where}: ${message}` }, { cause: error });
    }
    throw explainAws(error, where, signal);
  }
}
