import type { Blueprint } from '../blueprint.ts';

/** US dollars, us-east-1, first tier, as listed by AWS in 2025. */
const PRICE = {
  gigabyteSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
  requests: 0.2, // a million
  restApi: 3.5, // a million
  alarm: 0.1, // a month
} as const;
/** Time of a warm call that the example is worked out for, in seconds. */
const EXAMPLE = 0.1;

/** What a million calls cost, as a paragraph. */
export function costs({ memory, architecture }: Pick<Blueprint['function'], 'memory' | 'architecture'>): string {
  const compute = (memory / 1024) * EXAMPLE * 1e6 * PRICE.gigabyteSecond[architecture];
  const total = compute + PRICE.requests + PRICE.restApi;
  const dollars = (amount: number): string => `$${amount.toFixed(2)}`;
  return `Nothing while nobody calls, but for alarms (${dollars(PRICE.alarm)} each a month after the first ten) and storage (cents). A million calls of ${EXAMPLE * 1000} ms each with
${memory} MB on ${architecture}: ${dollars(compute)} for computing, ${dollars(PRICE.requests)} for requests and ${dollars(PRICE.restApi)} for the REST API, ${dollars(total)} in all (us-east-1, list prices of 2025, without
the free tier, logs, traces and data transfer). A cold start is billed as well. Direct invokes do without the REST API.`;
}
