import type { Dialect } from '../dialect-types.ts';

/** Requests and answers as the task has them, and which model it was. */
export const standard: Dialect = {
  toRequest: (sent) => sent,
  toAnswer: (said, model) => ({ ...said, model }),
};
