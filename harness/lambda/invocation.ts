import { LIMITS } from './limits.ts';

/** What the REPORT line says, as numbers. Times in ms, memory in MB. */
export interface Report {
  readonly duration: number;
  readonly billed: number;
  /** Only where this invocation started the environment. */
  readonly init: number | undefined;
  readonly memorySize: number;
  readonly maxMemoryUsed: number;
}

/** Why an invocation has no answer. */
export type Failure = 'handler' | 'init' | 'timeout' | 'exit' | 'memory' | 'response-size';

/** What came of one invocation; `payload` is JSON text in each case, as Lambda's Invoke would give it. */
export type Invocation =
  | { readonly kind: 'answered'; readonly requestId: string; readonly payload: string; readonly report: Report }
  | {
      readonly kind: 'failed';
      readonly requestId: string;
      readonly why: Failure;
      /** `{errorType, errorMessage, trace?}` */
      readonly payload: string;
      readonly report: Report;
    }
  /** Never got to the function. */
  | {
      readonly kind: 'refused';
      readonly requestId: string;
      readonly status: 413 | 429 | 503;
      readonly payload: string;
    };

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const SIGNALS: Readonly<Record<string, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGILL: 'illegal instruction',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
};

function exitReason({ code, signal }: Exit): string {
  if (signal) return `Runtime exited with error: signal: ${SIGNALS[signal] ?? signal}`;
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
}

const errorOf = (errorType: string, errorMessage: string): string => JSON.stringify({ errorType, errorMessage });

/** The error objects that Lambda itself makes, in its words. */
export const lambdaErrors = {
  timeout: (requestId: string, seconds: number): string =>
    errorOf('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`),
  exit: (requestId: string, exit: Exit): string =>
    errorOf('Runtime.ExitError', `RequestId: ${requestId} Error: ${exitReason(exit)}`),
  memory: (requestId: string): string =>
    errorOf('Runtime.OutOfMemory', `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`),
  responseSize: (): string =>
    errorOf(
      'Function.ResponseSizeTooLarge',
      `Response payload size exceeded maximum allowed payload size (${LIMITS.payload} bytes).`,
    ),
  requestSize: (bytes: number): string =>
    errorOf(
      'RequestEntityTooLarge',
      `${bytes} byte payload is too large for the RequestResponse invocation type (limit ${LIMITS.payload} bytes)`,
    ),
  throttled: (): string => errorOf('TooManyRequestsException', 'Rate Exceeded.'),
  closed: (): string => errorOf('ServiceException', 'The harness is closing.'),
};
