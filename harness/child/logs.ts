import { format } from 'node:util';
import { describe } from './wire.ts';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const METHODS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
} as const;
type Level = (typeof METHODS)[keyof typeof METHODS];

let write: (level: Level, values: unknown[]) => void = () => undefined;

/**
 * Makes `console` write as Lambda's runtime does: time, request and level before each text, or one JSON object a line.
 *
 * @param logFormat Text or JSON
 * @param least lowest level that is written; TRACE for Text, INFO for JSON where it is not given
 */
export function patchConsole(logFormat: string, least: string): void {
  const isJson = logFormat.toUpperCase() === 'JSON';
  const from = Math.max(0, LEVELS.indexOf(least.toUpperCase() || (isJson ? 'INFO' : 'TRACE')));
  write = (level, values) => {
    if (LEVELS.indexOf(level) < from) return;
    const line = isJson ? jsonLine(level, values) : [...stamp(), level, format(...values)].join('\t');
    process.stdout.write(`${line.replaceAll('\n', '\r')}\n`);
  };
  for (const [method, level] of Object.entries(METHODS)) {
    Object.assign(console, { [method]: (...values: unknown[]) => write(level, values) });
  }
}

/** Writes down what a handler threw. */
export const logFailure = (what: string, error: unknown): void =>
  write('ERROR', [what, JSON.stringify(describe(error))]);

let request = 'undefined';
/** Whose log lines follow. */
export const setRequest = (requestId: string): void => void (request = requestId);

const stamp = (): [string, string] => [new Date().toISOString(), request];

function jsonLine(level: Level, values: readonly unknown[]): string {
  const [timestamp, requestId] = stamp();
  const error = values.find((value) => value instanceof Error);
  const details = error && {
    errorType: error.name,
    errorMessage: error.message,
    stackTrace: error.stack?.split('\n') ?? [],
  };
  const message = values.length === 1 && !error ? values[0] : format(...values);
  try {
    return JSON.stringify({ timestamp, level, requestId, message, ...details });
  } catch {
    return JSON.stringify({ timestamp, level, requestId, message: format(message), ...details });
  }
}
