import type { Io } from '../../generator/io.ts';

/** ms between two looks; the variable is SAM's own. */
export const pollDelay = (io: Io): number => 1000 * (Number(io.env['SAM_CLI_POLL_DELAY']) || 2);
