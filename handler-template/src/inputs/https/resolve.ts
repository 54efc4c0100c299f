import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { notPublic, type Target } from './url.ts';
import type { Policy } from './policy.ts';

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export const resolve: Resolve = async (host) => (await systemLookup(host, { all: true })).map(({ address }) => address);

/**
 * A `lookup` for a socket that knows nothing but addresses that were checked: asked again, a name may say something else.
 *
 * @throws ServiceError URL_REFUSED where a single one is not allowed
 */
export async function pinned({ host, isAddress }: Target, policy: Policy, ask: Resolve): Promise<LookupFunction> {
  const addresses = isAddress ? [host] : await ask(host);
  if (addresses.length === 0 || !addresses.every((address) => policy.allowsAddress(address))) throw notPublic();
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_name, { all = false }, answer) => {
    if (all) answer(null, found);
    else answer(null, found[0]!.address, found[0]!.family);
  };
}
