import { Worker } from 'node:worker_threads';

/** How often the parent is looked for, in ms. */
const LOOK = 500;

/**
 * Ends this process when its parent is gone, whatever became of it.
 *
 * @param parent its process id
 * @param tied whether the kernel does it already; else a thread looks, which also works while native code blocks the main one
 */
export function watchParent(parent: number, tied: boolean): void {
  if (process.ppid !== parent) process.exit(0);
  if (tied || process.platform === 'win32') return;
  const source = `setInterval(() => process.ppid === ${parent} || process.kill(process.pid, 'SIGKILL'), ${LOOK})`;
  new Worker(source, { eval: true, stdout: false, stderr: false }).unref();
}
