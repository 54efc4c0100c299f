import type { Blueprint } from '../blueprint.ts';

/** US dollars, us-east-1, first tier, as listed by AWS in 2025. */
const PRICE = {
  gigabyteSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
  requests: 0.2, // a million
  alarm: 0.1, // a month
} as const;
/** Time of a warm call that the example is worked out for, in seconds. */
const EXAMPLE = 0.1;

interface Way {
  /** US dollars a million. */
  readonly million: number;
  /** What it is for. */
  readonly of: string;
  /** US dollars a month, whether anything comes or not. */
  readonly month?: number;
}

/** What it costs to bring a query to the function; a trigger that is not here costs nothing by itself, or is no query. */
const WAYS: Readonly<Record<string, Way>> = {
  direct: { million: 0, of: 'nothing brings it' },
  'rest-api': { million: 3.5, of: 'REST API' },
  'http-api': { million: 1, of: 'HTTP API' },
  'function-url': { million: 0, of: 'a function URL is free' },
  s3: { million: 5, of: 'writing the object' },
  sqs: { million: 1.2, of: 'sending, receiving and deleting the message' },
  'sqs-fifo': { million: 1.5, of: 'sending, receiving and deleting the message' },
  sns: { million: 0.5, of: 'publishing the message' },
  kinesis: { million: 0.12, of: 'writing and reading a record of 1 kB', month: 29.2 },
  dynamodb: { million: 0.63, of: 'writing an item of 1 kB; Lambda reads the stream for nothing' },
};

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

/** What a query costs, by the way it comes, as markdown. */
export function costs({ function: { memory, architecture }, triggers }: Blueprint): string {
  const compute = (memory / 1024) * EXAMPLE * 1e6 * PRICE.gigabyteSecond[architecture];
  const kinds = ['direct', ...triggers.map(({ kind }) => kind)];
  const ways = kinds.flatMap((kind) => {
    const way = WAYS[kind];
    return way ? [row(kind, way, compute + PRICE.requests)] : [];
  });
  return `Nothing while nobody calls, but for alarms (${dollars(PRICE.alarm)} each a month after the first ten)${triggers.some(({ kind }) => WAYS[kind]?.month) ? ', what the table says,' : ''} and storage (cents). A million calls of
${EXAMPLE * 1000} ms each with ${memory} MB on ${architecture} are ${dollars(compute)} of computing and ${dollars(PRICE.requests)} of requests; with what brings them:

| a query by | itself | a million | what the way to the function adds to a million |
|---|---|---|---|
${ways.join('\n')}

(us-east-1, list prices of 2025, without the free tier, logs, traces, outputs and data transfer.) A cold start is billed as well.`;
}

function row(kind: string, { million, of, month }: Way, own: number): string {
  const more = month === undefined ? '' : `, and ${dollars(month)} a month`;
  const whole = own + million;
  return `| ${kind} | $${(whole / 1e6).toFixed(7)} | ${dollars(whole)} | ${dollars(million)}: ${of}${more} |`;
}
