import type { Io } from '../io.ts';
import type { PackageManager } from './answers.ts';

/** Whether a person may be asked: a terminal on both sides, no CI, and not one flag that says how the project is to be. */
export function mayAsk(io: Pick<Io, 'stdin' | 'stderr' | 'env'>, flagsGiven: boolean): boolean {
  const { CI } = io.env;
  const inCi = CI !== undefined && CI !== '' && CI !== '0' && CI.toLowerCase() !== 'false';
  return io.stdin.isTTY === true && io.stderr.isTTY === true && !inCi && !flagsGiven;
}

export interface Caller {
  readonly packageManager: PackageManager;
  /** Named where it is one that projects do not support. */
  readonly unsupported?: string;
}

/**
 * The package manager that started us.
 *
 * @param userAgent npm_config_user_agent, e.g. `pnpm/10.4.0 npm/? node/v20.20.0 linux x64`
 */
export function callerOf(userAgent: string | undefined): Caller {
  const name = /^([a-z]+)\//.exec(userAgent ?? '')?.[1];
  if (name === undefined || name === 'npm') return { packageManager: 'npm' };
  if (name === 'pnpm' || name === 'yarn') return { packageManager: name };
  return { packageManager: 'npm', unsupported: name };
}
