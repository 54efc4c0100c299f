import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { compiledFile } from '../../generator/package-files.ts';

/** Children that still run: ended with this process, whatever ends it. */
const running = new Set<ChildProcess>();
let watching = false;

/**
 * On Linux the kernel itself ends a child whose parent is gone, also one that is stuck in native code. Elsewhere the bootstrap
 * watches for it in a thread of its own.
 */
const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'].find(
  (file) => existsSync(file) && realpathSync(file).endsWith('setpriv'),
);
const tiedToParent = process.platform === 'linux' && SETPRIV !== undefined;

/** Starts the bootstrap in a process (and group) of its own. */
export function startProcess(variables: Record<string, string>, folder: string, memory: number): ChildProcess {
  const node = [
    process.execPath,
    `--max-old-space-size=${Math.floor(memory * 0.9)}`,
    compiledFile('harness/child/bootstrap.js'),
    String(process.pid),
    tiedToParent ? 'tied' : 'watch',
  ];
  const [command = process.execPath, ...args] =
    tiedToParent && SETPRIV ? [SETPRIV, '--pdeathsig', 'KILL', ...node] : node;
  const child = spawn(command, args, {
    cwd: folder,
    env: variables,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  if (!watching) {
    watching = true;
    process.once('exit', () => running.forEach(killProcess));
  }
  return child;
}

/** Ends a child and all that it started, at once. */
export function killProcess(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
