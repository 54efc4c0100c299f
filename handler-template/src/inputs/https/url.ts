import { isIP } from 'node:net';
import type { ServiceError } from '../../errors.ts';
import { refused } from '../failures.ts';
import type { Policy } from './policy.ts';

/** An address that may be asked, and its host without what URLs put around it. */
export interface Target {
  readonly url: URL;
  readonly host: string;
  readonly isAddress: boolean;
}

/**
 * Checks what can be seen of a URL before its name is resolved. `URL` turns every spelling of a host into one: `0x7f.1` and `①②⑦.⓪.⓪.①` are 127.0.0.1.
 *
 * @param base what a redirect is relative to
 * @throws ServiceError URL_REFUSED
 */
export function targetOf(text: string, policy: Policy, base?: URL): Target {
  const url = parsed(text, base?.href);
  if (url?.protocol !== 'https:') throw refused('expected https://…');
  if (url.username !== '' || url.password !== '') throw refused('a user name or a password can not be in it');
  if (url.port !== policy.port) throw refused('expected no port, which is 443');
  // example.com. is example.com with the root of all names said.
  url.hostname = url.hostname.replace(/\.$/, '');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isAddress = isIP(host) !== 0;
  const allowed = isAddress ? policy.allowsAddress(host) : policy.allowsHost(host);
  if (!allowed) throw notPublic();
  return { url, host, isAddress };
}

const parsed = (text: string, base?: string): URL | undefined =>
  URL.canParse(text, base) ? new URL(text, base) : undefined;

export const notPublic = (): ServiceError => refused('expected a host of the public internet');
