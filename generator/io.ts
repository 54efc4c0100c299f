import type { Readable, Writable } from 'node:stream';

/** What a command may touch of the process: the edge, passed in, so that tests need no mocks. stdout is for the answer, stderr for the rest. */
export interface Io {
  readonly stdin: Readable & { isTTY?: boolean };
  readonly stdout: Writable & { isTTY?: boolean; columns?: number };
  readonly stderr: Writable & { isTTY?: boolean; columns?: number };
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
}

/** One command: throws a ToolError, or answers with the exit code. */
export type Command<Options> = (options: Options, io: Io) => Promise<number>;
