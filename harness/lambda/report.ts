import type { Report } from './invocation.ts';

const ms = (value: number): string => `${value.toFixed(2)} ms`;

/** The lines that Lambda writes around an invocation's own log. */
export const reportLines = {
  start: (requestId: string): string => `START RequestId: ${requestId} Version: $LATEST`,
  end: (requestId: string): string => `END RequestId: ${requestId}`,
  report: (requestId: string, report: Report, status?: string): string =>
    [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${ms(report.duration)}`,
      `Billed Duration: ${report.billed} ms`,
      `Memory Size: ${report.memorySize} MB`,
      `Max Memory Used: ${report.maxMemoryUsed} MB`,
      report.init !== undefined && `Init Duration: ${ms(report.init)}`,
      status !== undefined && `Status: ${status}`,
    ]
      .filter(Boolean)
      .join('\t'),
  /** For a start that did not end well: it is done again, and this one is in no REPORT line. */
  initReport: (duration: number, status: 'timeout' | 'error'): string =>
    `INIT_REPORT Init Duration: ${ms(duration)}\tPhase: init\tStatus: ${status}`,
  timedOut: (requestId: string, seconds: number, now: Date): string =>
    `${now.toISOString()} ${requestId} Task timed out after ${seconds.toFixed(2)} seconds`,
};

/** Since 1 August 2025 the start is billed too; each ms that was begun counts. */
export const billedDuration = (duration: number, init: number | undefined): number => Math.ceil(duration + (init ?? 0));
