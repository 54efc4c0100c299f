import { setTimeout as delay } from 'node:timers/promises';
import type { FunctionSettings } from '../template/function.ts';
import { lambdaErrors, type Failure, type Invocation, type Report } from './invocation.ts';
import { LIMITS, MEGABYTE } from './limits.ts';
import { billedDuration, reportLines } from './report.ts';
import type { Ended, Sandbox } from './sandbox.ts';

export interface Call {
  readonly requestId: string;
  readonly traceId: string;
  readonly payload: string | Uint8Array;
}

export interface EnvironmentSettings {
  readonly function: FunctionSettings;
  readonly start: () => Promise<Sandbox>;
  readonly log: (line: string) => void;
}

type Started =
  { readonly kind: 'ready' } | { readonly kind: 'init-error'; readonly payload: string } | Ended | 'too-late';
type Result = { readonly why: Failure | undefined; readonly payload: string };

const now = (): number => performance.now();

/** An execution environment: takes one invocation at a time, is started by the first one and started anew after each crash. */
export class Environment {
  readonly #settings: EnvironmentSettings;
  #sandbox: Sandbox | undefined;
  /** The one before it, where none runs now: its peak memory goes into the report. */
  #last: Sandbox | undefined;
  /** Only the very first start has Lambda's 10 s of its own and an Init Duration; later ones count as part of the invocation. */
  #isNew = true;
  #starts = 0;

  constructor(settings: EnvironmentSettings) {
    this.#settings = settings;
  }

  /** How often a process was started here. */
  get starts(): number {
    return this.#starts;
  }

  async invoke(call: Call): Promise<Invocation> {
    const { log } = this.#settings;
    const init = this.#isNew ? await this.#firstStart() : undefined;
    log(reportLines.start(call.requestId));
    const begun = now();
    const { why, payload } = await this.#run(call);
    const duration = now() - begun;
    const peak = this.#last?.peakMemory() ?? 0;
    if (why && why !== 'handler' && why !== 'response-size') await this.close();
    // One turn of the loop: what the function printed before it answered stands before END.
    await new Promise(setImmediate);
    return this.#finish(
      call.requestId,
      why,
      payload,
      this.#report(why === 'timeout' ? Infinity : duration, init, peak),
    );
  }

  /** Ends the process; the next invocation starts another. */
  async close(): Promise<void> {
    const sandbox = this.#sandbox;
    this.#sandbox = undefined;
    await sandbox?.kill();
  }

  #report(duration: number, init: number | undefined, peak: number): Report {
    const { memory, timeout } = this.#settings.function;
    // A child is ended within a few ms of its deadline: what is over the timeout is ours, not the function's.
    const counted = Math.min(duration, timeout * 1000);
    const maxMemoryUsed = Math.min(Math.ceil(peak / MEGABYTE), memory);
    return { duration: counted, billed: billedDuration(counted, init), init, memorySize: memory, maxMemoryUsed };
  }

  #finish(requestId: string, why: Failure | undefined, payload: string, report: Report): Invocation {
    const { log, function: fn } = this.#settings;
    const status = why === 'timeout' ? 'timeout' : why && why !== 'handler' ? 'error' : undefined;
    if (why === 'exit' || why === 'memory') log((JSON.parse(payload) as { errorMessage: string }).errorMessage);
    log(reportLines.end(requestId));
    log(reportLines.report(requestId, report, status));
    if (why === 'timeout') log(reportLines.timedOut(requestId, fn.timeout, new Date()));
    return why ? { kind: 'failed', requestId, why, payload, report } : { kind: 'answered', requestId, payload, report };
  }

  /** Lambda's init phase: its time, or undefined where it failed and is done again by the invocation. */
  async #firstStart(): Promise<number | undefined> {
    this.#isNew = false;
    const begun = now();
    const started = await this.#start(LIMITS.init);
    const duration = now() - begun;
    if (started !== 'too-late' && started.kind === 'ready') return duration;
    this.#settings.log(reportLines.initReport(duration, started === 'too-late' ? 'timeout' : 'error'));
    await this.close();
    return undefined;
  }

  /** @param limit ms until the handler must be loaded */
  async #start(limit: number): Promise<Started> {
    this.#starts++;
    const sandbox = await this.#settings.start();
    this.#sandbox = sandbox;
    this.#last = sandbox;
    const heard = await within(
      limit,
      sandbox.isReady() ? { kind: 'next' as const } : sandbox.hear('next', 'init-error'),
    );
    return heard !== 'too-late' && heard.kind === 'next' ? { kind: 'ready' } : heard;
  }

  /** Hands the event to the function and waits for what comes of it, at most for its timeout. */
  async #run(call: Call): Promise<Result> {
    const { function: fn } = this.#settings;
    const { requestId, traceId, payload } = call;
    const limit = fn.timeout * 1000;
    const begun = now();
    const failed = (started: Exclude<Started, { kind: 'ready' }>): Result => {
      if (started === 'too-late') return { why: 'timeout', payload: lambdaErrors.timeout(requestId, fn.timeout) };
      if (started.kind === 'init-error') return { why: 'init', payload: started.payload };
      if (started.overMemory) return { why: 'memory', payload: lambdaErrors.memory(requestId) };
      return { why: 'exit', payload: lambdaErrors.exit(requestId, started.exit) };
    };
    if (!this.#sandbox?.isAlive()) {
      await this.close();
      const started = await this.#start(limit);
      if (started === 'too-late' || started.kind !== 'ready') return failed(started);
    }
    const sandbox = this.#sandbox;
    if (!sandbox) return failed('too-late');
    if (!sandbox.isReady()) {
      const heard = await within(limit - (now() - begun), sandbox.hear('next'));
      if (heard === 'too-late' || heard.kind === 'exit') return failed(heard);
    }
    const left = limit - (now() - begun);
    const outcome = sandbox.hear('response', 'error', 'response-too-large');
    sandbox.deliver({ requestId, traceId, payload, deadline: Math.round(Date.now() + left), functionArn: fn.arn });
    const heard = await within(left, outcome);
    if (heard === 'too-late' || heard.kind === 'exit') return failed(heard);
    // The watch on memory may have ended the child at the very moment it answered.
    if (!sandbox.isAlive()) {
      const ended = await sandbox.hear('exit');
      if (ended.overMemory) return failed(ended);
    }
    if (heard.kind === 'response-too-large') return { why: 'response-size', payload: lambdaErrors.responseSize() };
    return { why: heard.kind === 'error' ? 'handler' : undefined, payload: heard.payload };
  }
}

/** The promise's value, or `too-late` after so many ms. */
async function within<T>(limit: number, promise: T | Promise<T>): Promise<T | 'too-late'> {
  const stop = new AbortController();
  const late = delay(Math.max(limit, 0), 'too-late' as const, { signal: stop.signal });
  late.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    stop.abort();
  }
}
