import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Of IPv6, all that has been given out for the internet is in here; ipaddr.js takes for unicast what it knows nothing about, `::127.0.0.1` for one. */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an address is one of the public internet: not of this machine, a network of one's own, a tunnel or a range with another purpose. */
export function isPublic(address: string): boolean {
  // ipaddr.js reads more than a socket does: 127.1, or numbers with leading zeros.
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  return parsed.range() === 'unicast' && (parsed instanceof ipaddr.IPv4 || parsed.match(GIVEN_OUT));
}
