import { ServiceError } from '../../errors.ts';

/** Never a part of an answer in place of the whole. @param limit what the output takes, in bytes */
export function tooLarge(output: string, size: number, limit: number): ServiceError {
  const message = `The answer has ${size} bytes for output ${output}, and ${limit} can be sent: ask for less.`;
  return new ServiceError('OUTPUT_TOO_LARGE', message);
}

/** Trying again changes nothing before somebody looks. */
export const failed = (cause: unknown): ServiceError =>
  new ServiceError('OUTPUT_FAILED', 'The answer could not be delivered.', { cause });

/** Trying again may help. */
export const unavailable = (cause: unknown): ServiceError =>
  new ServiceError('OUTPUT_UNAVAILABLE', 'The answer could not be delivered: try again later.', { cause });
