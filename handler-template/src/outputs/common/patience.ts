import { timeLeft } from '../../time-left.ts';

/** ms that an output is waited for at most. */
const LONGEST = 15_000;
/** ms that are left to say that it failed, before Lambda ends all. */
const REST = 500;

/** ms that an output may take now. */
export const patience = (): number => Math.max(0, Math.min(LONGEST, timeLeft() - REST));
