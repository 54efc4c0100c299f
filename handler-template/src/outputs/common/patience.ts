import { timeLeft } from '../../time-left.ts';

/** ms that an output is waited for at most. */
const LONGEST = 15_000;
/** ms that are left to say that it failed, before Lambda ends all. */
const REST = 500;

/** ms that an output may take now. */
// Timers take no fractions.
export const patience = (): number => Math.max(0, Math.floor(Math.min(LONGEST, timeLeft() - REST)));
