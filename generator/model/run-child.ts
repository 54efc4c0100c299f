import { fork } from 'node:child_process';
import { compiledFile } from '../package-files.ts';

/** How a child process ended. Native code may crash or hang: that is a result here, not an exception. */
export type ChildOutcome<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly phase: string; readonly message: string }
  | { readonly kind: 'crashed'; readonly phase: string; readonly how: string; readonly stderr: string }
  | { readonly kind: 'timeout'; readonly phase: string; readonly seconds: number };

/** What a child sends: where it is, then one answer or one failure. */
export type ChildMessage<Answer> =
  | { readonly kind: 'phase'; readonly phase: string }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly message: string };

export interface ChildOptions {
  /** Ctrl-C: the child is killed and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for all of it. */
  readonly timeout: number;
}

const STDERR_KEPT = 4_000;

/**
 * Starts one of our compiled scripts, sends it a request, waits for its answer. The child never outlives the call.
 *
 * @param script relative to the package, e.g. `generator/model/child/probe.js`
 */
export function runChild<Request, Answer>(
  script: string,
  request: Request,
  { signal, timeout }: ChildOptions,
): Promise<ChildOutcome<Answer>> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = fork(compiledFile(script), [], {
      execArgv: [],
      serialization: 'advanced',
      // Native libraries write to stdout as they like: stdout of this process is for the answer only.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let phase = 'start';
    let stderr = '';
    let outcome: ChildOutcome<Answer> | undefined;
    const kill = (): void => void child.kill('SIGKILL');
    const timer = setTimeout(() => {
      outcome ??= { kind: 'timeout', phase, seconds: timeout / 1000 };
      kill();
    }, timeout);
    signal?.addEventListener('abort', kill, { once: true });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-STDERR_KEPT)));
    child.on('message', (message: ChildMessage<Answer>) => {
      if (message.kind === 'phase') phase = message.phase;
      else {
        outcome ??= message.kind === 'answer' ? message : { ...message, phase };
        kill();
      }
    });
    child.on('error', (error) => {
      outcome ??= { kind: 'crashed', phase, how: error.message, stderr };
      kill();
    });
    child.on('close', (code, killedBy) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
      if (signal?.aborted) reject(signal.reason as Error);
      else resolve(outcome ?? { kind: 'crashed', phase, how: killedBy ?? `exit code ${code}`, stderr });
    });
    // A child that died at once can't be written to; `close` tells.
    child.send(request as object, () => undefined);
  });
}
