import { join } from 'node:path';
import type { Tree } from '../source.ts';
import type { Temporary } from '../temporary.ts';
import type { Address } from './address.ts';
import { fileName, save } from './save.ts';

/** Hidden, so that no member of an archive can have the same name. */
const FOLDER = '.download';

/** A file on this machine, or a tree of files elsewhere. */
export type Fetched = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'tree'; readonly tree: Tree };

/**
 * Brings what an address names to this machine, as a file in the temporary folder; of a folder in S3 only the list.
 * The SDK is loaded only where S3 is asked.
 *
 * @param pinned a sha256 is known: a connection that proves nothing will do
 * @throws ToolError MODEL_NOT_FOUND, MODEL_ADDRESS_INVALID, MODEL_DOWNLOAD_FAILED, MODEL_TOO_LARGE, and what AWS answers
 */
export async function fetchSource(
  address: Exclude<Address, { kind: 'path' }>,
  temporary: Temporary,
  { env, pinned, signal }: { env: NodeJS.ProcessEnv; pinned: boolean; signal: AbortSignal },
): Promise<Fetched> {
  if (address.kind === 'web') {
    const { fromWeb } = await import('./web.ts');
    return keep(await fromWeb(address.url, pinned, signal), temporary);
  }
  const { fromS3, s3Client, s3Tree } = await import('./s3.ts');
  const client = s3Client(env);
  const folder = address.key === '' || address.key.endsWith('/');
  if (folder) return { kind: 'tree', tree: await s3Tree(client, address, temporary, signal) };
  return keep(await fromS3(client, address, signal), temporary);
}

async function keep(download: Parameters<typeof save>[0], temporary: Temporary): Promise<Fetched> {
  const path = join(await temporary.folder(), FOLDER, fileName(download.name));
  await save(download, path);
  return { kind: 'file', path };
}
