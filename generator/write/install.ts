import type { Io } from '../io.ts';
import type { PackageManager } from '../questions/answers.ts';
import { run, type Ran } from './run.ts';

/** Installs the project's development dependencies; the package manager's words go to stderr as they come. */
export function install(
  dir: string,
  packageManager: PackageManager,
  io: Pick<Io, 'stderr' | 'env' | 'signal'>,
): Promise<Ran> {
  return run(packageManager, ['install'], { cwd: dir, io: { ...io, env: ownEnv(io.env) }, show: true });
}

/** `npm create` sets npm_* for its own run; they would steer the project's install (prefix, scripts, lifecycle). Its registry stays. */
function ownEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept =
    /^npm_config_(registry|cache|cafile|userconfig|globalconfig|prefer_offline|offline|proxy|https_proxy|noproxy|strict_ssl)$/i;
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name) || kept.test(name)),
  );
}
