import { ServiceError } from '../errors.ts';

/** What a client sent, short enough for a message. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (value === undefined) return 'nothing';
  if (typeof value === 'bigint') return String(value).slice(0, 40);
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** A name out of the model or a request, as a message has it. */
export function named(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}

/** A request that is one, and does not fit the model. */
export function mismatch(what: string, expected: string, came: string): ServiceError {
  return new ServiceError('INPUT_MISMATCH', `${what}: expected ${expected}, got ${came}.`);
}

/** A request that is none. */
export function invalid(what: string, expected: string, came: unknown): ServiceError {
  return new ServiceError('INVALID_REQUEST', `${what}: expected ${expected}, got ${shown(came)}.`);
}
