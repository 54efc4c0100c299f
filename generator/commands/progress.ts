import ora, { type Ora } from 'ora';
import type { Io } from '../io.ts';

export interface Progress {
  /** Shows what is being done while it is; nothing where stderr is no terminal. */
  during<Result>(what: string, work: () => Promise<Result>): Promise<Result>;
  /** For a question in the middle of it: what is shown pauses. */
  aside<Result>(work: () => Promise<Result>): Promise<Result>;
  /** A line that stays. */
  note(text: string): void;
}

/** Progress on stderr: stdout is for the answer. */
export function progressOn({ stderr }: Pick<Io, 'stderr'>): Progress {
  // A terminal that nobody gave a size (0 columns) makes the spinner wrap its line without end.
  const isTerminal = stderr.isTTY === true && (stderr.columns ?? 0) > 0;
  let shown: Ora | undefined;
  return {
    during: async (what, work) => {
      if (!isTerminal) return work();
      const spinner = ora({ text: what, stream: stderr, discardStdin: false }).start();
      shown = spinner;
      try {
        const result = await work();
        spinner.succeed();
        return result;
      } catch (error) {
        spinner.fail();
        throw error;
      } finally {
        shown = undefined;
      }
    },
    aside: async (work) => {
      shown?.stop();
      try {
        return await work();
      } finally {
        shown?.start();
      }
    },
    note: (text) => void stderr.write(`${text}\n`),
  };
}
