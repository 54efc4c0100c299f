import type { Context } from 'aws-lambda';

/** An environment has one invocation at a time. */
let left: () => number = () => Infinity;

/** Says which invocation it is that runs out. Tools that imitate Lambda may not say when. */
export function beginInvocation({ getRemainingTimeInMillis: remaining }: Partial<Context>): void {
  left = () => remaining?.() ?? Infinity;
}

/** Milliseconds until Lambda ends the invocation. */
export const timeLeft = (): number => left();

/** Part of what is left of an invocation that data is waited for: the rest is for the model. */
const SHARE = 0.5;

/** Ends waiting for data. @param longest milliseconds, at most */
export function deadlineWithin(longest: number): AbortSignal {
  return within(Math.min(longest, timeLeft() * SHARE));
}

/** Ends what takes longer than so many milliseconds: whole ones, since AbortSignal takes no others. */
export const within = (milliseconds: number): AbortSignal => AbortSignal.timeout(Math.max(0, Math.floor(milliseconds)));
