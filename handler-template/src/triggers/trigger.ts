import type { Context } from 'aws-lambda';

/** A way in: which events are its own, and what becomes of them. */
export interface Trigger {
  readonly takes: (event: unknown) => boolean;
  /** What comes back is what Lambda answers with. @throws whatever fails the invocation */
  readonly handle: (event: unknown, context: Context) => Promise<unknown>;
}

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
