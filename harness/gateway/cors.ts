import type { CorsSettings } from '../template/http.ts';
import { lastOf, type GatewayRequest, type Headers } from './http.ts';

/** Whether a browser asks what it may send. */
export const isPreflight = ({ method, headers }: GatewayRequest): boolean =>
  method === 'OPTIONS' &&
  lastOf(headers, 'origin') !== undefined &&
  lastOf(headers, 'access-control-request-method') !== undefined;

/** Headers that say who may read an answer; none where no browser asks, or one of another origin. */
export function corsHeaders({ origins }: CorsSettings, { headers }: GatewayRequest): Headers {
  const origin = lastOf(headers, 'origin');
  if (origin === undefined) return [];
  if (origins.includes('*')) return [['access-control-allow-origin', '*']];
  return origins.includes(origin)
    ? [
        ['access-control-allow-origin', origin],
        ['vary', 'Origin'],
      ]
    : [];
}

/** Headers that say besides what may be sent. */
export function preflightHeaders(settings: CorsSettings, request: GatewayRequest): Headers {
  const allowed = corsHeaders(settings, request);
  if (allowed.length === 0) return [];
  const { methods, headers, maxAge } = settings;
  return [
    ...allowed,
    ['access-control-allow-methods', methods.join(',')],
    ['access-control-allow-headers', headers.map((name) => name.toLowerCase()).join(',')],
    ...(maxAge === undefined ? [] : ([['access-control-max-age', String(maxAge)]] as const)),
  ];
}

/** What the function says of CORS does not count where AWS has settings of its own. */
export const withoutCors = (headers: Headers): Headers => headers.filter(([name]) => !/^access-control-/i.test(name));
