import { execa } from 'execa';
import type { Io } from '../io.ts';

/** How a program that we started ended: the same shape for both. */
export type Ran =
  | { readonly kind: 'ok'; readonly stdout: string }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'absent' };

export interface RunOptions {
  readonly cwd: string;
  readonly io: Pick<Io, 'stderr' | 'env' | 'signal'>;
  /** Shows what it prints, on our stderr. */
  readonly show?: boolean;
}

/** Starts a program with its arguments as they are, no shell. stdout of ours is not touched. */
export async function run(file: string, args: readonly string[], { cwd, io, show = false }: RunOptions): Promise<Ran> {
  const child = execa(file, args, {
    cwd,
    env: io.env,
    extendEnv: false,
    stdin: 'ignore',
    all: true as const,
    encoding: 'utf8',
    reject: false,
    cancelSignal: io.signal,
  });
  if (show) child.all?.pipe(io.stderr, { end: false });
  const result = await child;
  io.signal.throwIfAborted();
  if (!result.failed) return { kind: 'ok', stdout: result.stdout };
  if (result.code === 'ENOENT') return { kind: 'absent' };
  const lines = `${result.stderr || result.shortMessage}`.trim().split('\n');
  return { kind: 'failed', why: lines.at(-1) ?? '' };
}
