import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUCKET_NAME } from '../../bucket-name.ts';
import { ToolError } from '../../errors.ts';

/** Where a model is, read from what somebody wrote. */
export type Address =
  { readonly kind: 'path'; readonly path: string } | { readonly kind: 'web'; readonly url: URL } | S3Address;

/** An object, or all objects below a prefix: a key that is empty or ends in a slash. */
export interface S3Address {
  readonly kind: 's3';
  readonly bucket: string;
  readonly key: string;
  /** The newest where it is left out. */
  readonly version: string | undefined;
}

const EXAMPLE = 'a path, https://HOST/model.onnx, s3://BUCKET/KEY or s3://BUCKET/FOLDER/';

/**
 * Reads a path, an https address or an `s3://` address (`?versionId=…` pins a version).
 *
 * @param pinned a sha256 is known, so that a connection which proves nothing will do
 * @throws ToolError MODEL_ADDRESS_INVALID
 */
export function readAddress(text: string, cwd: string, pinned: boolean): Address {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return { kind: 'path', path: resolve(cwd, text) };
  if (scheme === 's3') return s3Address(text);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw invalid(text, 'This is no address that can be read.');
  if (scheme === 'file') return { kind: 'path', path: pathOf(url) };
  if (scheme !== 'https' && scheme !== 'http') throw invalid(text, `Models are not fetched over ${scheme}.`);
  checkWeb(url, pinned);
  return { kind: 'web', url };
}

/** An address for people: without its query, which may hold a key. */
export const shownWeb = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

/** What may be asked for over the web, first address and redirects alike. @throws ToolError MODEL_ADDRESS_INVALID */
export function checkWeb(url: URL, pinned: boolean): void {
  if (url.username !== '' || url.password !== '') {
    throw invalid(shownWeb(url), 'An address with a password in it is not taken.');
  }
  if (url.protocol === 'https:' || (url.protocol === 'http:' && pinned)) return;
  throw new ToolError('MODEL_ADDRESS_INVALID', {
    what: `What comes over ${url.protocol}// could be from anybody.`,
    where: shownWeb(url),
    expected: 'https://',
    next: '--model-sha256 HEX, if you know what the file must be',
  });
}

function s3Address(text: string): S3Address {
  const [, bucket = '', key = '', version] = /^s3:\/\/([^/]*)\/?(.*?)(?:\?versionId=([^&?]+))?$/is.exec(text) ?? [];
  if (!BUCKET_NAME.test(bucket)) throw invalid(text, `${JSON.stringify(bucket)} is no bucket.`);
  const folder = key === '' || key.endsWith('/');
  if (folder && version !== undefined) throw invalid(text, 'A folder has no version.');
  return { kind: 's3', bucket, key, version };
}

function pathOf(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch (error) {
    throw invalid(url.href, (error as Error).message, error);
  }
}

function invalid(where: string, what: string, cause?: unknown): ToolError {
  return new ToolError('MODEL_ADDRESS_INVALID', { what, where, expected: EXAMPLE }, { cause });
}
