/** Each thing that a function can do wrong, by name: an event names one as `do`, a request as `?do=`. */
export interface Event {
  readonly do?: string;
  readonly ms?: number;
  readonly bytes?: number;
  readonly queryStringParameters?: Readonly<Record<string, string>> | null;
  readonly answer?: unknown;
  readonly body?: string | null;
}

type Behave = (event: Event, context: { getRemainingTimeInMillis(): number }, started: object) => unknown;

const held: Buffer[] = [];

export const behaviours: Readonly<Record<string, Behave>> = {
  echo: (event) => ({ statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(event) }),
  tell: (_, context, started) => ({
    ...started,
    remaining: context.getRemainingTimeInMillis(),
    environment: { ...process.env },
    cwd: process.cwd(),
    pid: process.pid,
  }),
  answer: (event) => event.answer,
  answerFromBody: (event) => JSON.parse(event.body ?? 'null') as unknown,
  throw: () => {
    const error = new RangeError('too much');
    error.name = 'TOO_MUCH';
    throw error;
  },
  throwText: () => {
    throw 'just text';
  },
  busy: (event) => {
    const end = Date.now() + (event.ms ?? 60_000);
    while (Date.now() < end);
    return 'done';
  },
  wait: (event) => new Promise((resolve) => setTimeout(() => resolve('done'), event.ms ?? 60_000)),
  abort: () => process.abort(),
  segfault: () => process.kill(process.pid, 'SIGSEGV'),
  exit: () => process.exit(0),
  exit3: () => process.exit(3),
  uncaught: () =>
    new Promise(() => {
      setTimeout(() => {
        throw new Error('nobody catches me');
      }, 5);
    }),
  hog: async (event) => {
    for (let i = 0; i < 200; i++) {
      held.push(Buffer.alloc(16 * 1024 * 1024, 1));
      await new Promise((resolve) => setTimeout(resolve, event.ms ?? 10));
    }
    return held.length;
  },
  hold: (event) => {
    held.push(Buffer.alloc(event.bytes ?? 0, 1));
    return held.length;
  },
  text: (event) => 'x'.repeat(event.bytes ?? 0),
  nan: () => ({ value: NaN }),
  nothing: () => undefined,
  circular: () => {
    const value: Record<string, unknown> = {};
    value['self'] = value;
    return value;
  },
  log: () => {
    console.log('one\ntwo');
    console.error('bad %d', 7);
    process.stdout.write('plain without end');
    return 'logged';
  },
};
