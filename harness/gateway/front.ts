import type { Invocation } from '../lambda/invocation.ts';
import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayRequest, GatewayResponse } from './http.ts';

/** Kinds of triggers that speak HTTP. */
export type FrontKind = 'rest-api' | 'http-api' | 'function-url';

/** A route for people to see. */
export interface ShownRoute {
  readonly method: string;
  readonly path: string;
  readonly auth: { readonly iam: boolean; readonly apiKey: boolean };
}

/** What takes HTTP requests for the function. */
export interface Front {
  readonly kind: FrontKind;
  readonly shown: readonly ShownRoute[];
  /** Whether the template limits how many requests there may be. */
  readonly throttles: boolean;
  /** Answers one request; never throws for what a client or the function does. */
  readonly handle: (request: GatewayRequest) => Promise<GatewayResponse>;
}

export interface GatewayOptions {
  /** Sends the event to the function. */
  readonly invoke: (payload: string, ids: { requestId: string; traceId: string }) => Promise<Invocation>;
  /** Takes what API Gateway's execution log would say of a request that went wrong. */
  readonly log: (line: string) => void;
  /** Checks authorisation as far as it can be checked here; undefined: everybody may call. */
  readonly auth?: { readonly apiKey: string };
  /** Whether the template's throttling is kept to; by default it is. */
  readonly throttle?: boolean;
  /** ms; by default the machine's clock. */
  readonly now?: () => number;
}

/** What the function says, or that it took more than `ms`. */
export async function withinTime(invocation: Promise<Invocation>, ms: number): Promise<Invocation | 'too-late'> {
  const stop = new AbortController();
  const late = delay(ms, 'too-late' as const, { signal: stop.signal }).catch(() => 'too-late' as const);
  try {
    return await Promise.race([invocation, late]);
  } finally {
    stop.abort();
  }
}

/** The path of a request's target, as it came; the target may also be a whole URL. */
export function pathOf(target: string): string {
  const path = target.replace(/^[a-z][a-z+.-]*:\/\/[^/?#]*/i, '').split(/[?#]/)[0] ?? '';
  return path.startsWith('/') ? path : `/${path}`;
}
