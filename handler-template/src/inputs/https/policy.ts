import { isPublic } from './address.ts';

/** What may be connected to. */
export interface Policy {
  readonly allowsAddress: (address: string) => boolean;
  /** A host as URLs have it, an address or a name. */
  readonly allowsHost: (host: string) => boolean;
  /** As URLs have it: none is 443. */
  readonly port: '' | `${number}`;
}

/** Names that lead into a network of one's own, whatever they resolve to; so does a name without a dot. */
const INNER = /^[^.]*$|(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$/;

/** The public internet, without the place where Lambda's runtime talks to Lambda. */
export function policyOf({ AWS_LAMBDA_RUNTIME_API: runtime = '' }: NodeJS.ProcessEnv): Policy {
  const own = /^(.*):\d+$/.exec(runtime)?.[1];
  return {
    allowsAddress: (address) => address !== own && isPublic(address),
    allowsHost: (host) => host !== own && !INNER.test(host),
    port: '',
  };
}
