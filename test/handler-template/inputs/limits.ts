/** Bytes that a test takes at most. */
export const LIMIT = 100_000;
/** A deadline that does not come. */
export const NEVER: AbortSignal = new AbortController().signal;
