import type { Mapping } from '../template/values.ts';

/** Lets through `burst` requests at once and `rate` a second in the long run. */
export function tokenBucket(rate: number, burst: number, now: () => number): () => boolean {
  let tokens = burst;
  let last = now();
  return () => {
    const time = now();
    tokens = Math.min(burst, tokens + ((time - last) / 1000) * rate);
    last = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

const numberOf = (value: unknown): number | undefined =>
  value === undefined || value === null || Number.isNaN(Number(value)) ? undefined : Number(value);

/** How well a MethodSettings entry names a method: 0 not at all, more is closer. A slash inside ResourcePath is written `~1`. */
function closeness(setting: Mapping, method: string, path: string): number {
  const resource = String(setting['ResourcePath'] ?? '/*')
    .replaceAll('~1', '/')
    .replace(/^\/\//, '/');
  const verb = String(setting['HttpMethod'] ?? '*').toUpperCase();
  if (verb !== '*' && verb !== method) return 0;
  if (resource === path) return verb === '*' ? 3 : 4;
  return resource === '/*' || resource === '*' ? (verb === '*' ? 1 : 2) : 0;
}

/**
 * The limits of one method by the template's MethodSettings; undefined where it sets none (API Gateway's account limits are not
 * imitated).
 */
export function throttleOf(
  settings: readonly Mapping[],
  method: string,
  path: string,
): { rate: number; burst: number } | undefined {
  const best = settings
    .map((setting) => ({ setting, close: closeness(setting, method, path) }))
    .filter(({ close }) => close > 0)
    .sort((a, b) => b.close - a.close);
  const first = (key: string): number | undefined =>
    best.map(({ setting }) => numberOf(setting[key])).find((value) => value !== undefined);
  const rate = first('ThrottlingRateLimit');
  const burst = first('ThrottlingBurstLimit');
  return rate === undefined && burst === undefined ? undefined : { rate: rate ?? Infinity, burst: burst ?? Infinity };
}
