import type { Incoming } from './hooks.ts';

/** A chain of functions may be so long; what goes round in circles ends here. */
export const MOST_HOPS = 8;

/** How many functions with outputs a request has been through: their messages say it. */
export function hopsOf(incoming: Incoming): number {
  const value = incoming.kind === 'json' ? incoming.value : undefined;
  const hops: unknown = typeof value === 'object' && value !== null && 'hops' in value ? value.hops : 0;
  return Number.isSafeInteger(hops) ? Math.max(0, hops as number) : 0;
}
