import type { Context } from 'aws-lambda';

/** An environment has one invocation at a time. */
let left: () => number = () => Infinity;

/** Says which invocation it is that runs out. Tools that imitate Lambda may not say when. */
export function beginInvocation({ getRemainingTimeInMillis: remaining }: Partial<Context>): void {
  left = () => remaining?.() ?? Infinity;
}

/** Milliseconds until Lambda ends the invocation. */
export const timeLeft = (): number => left();
