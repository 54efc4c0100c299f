import { readFileSync } from 'node:fs';

/**
 * Most memory that a process ever held at once, in bytes: Linux keeps count of it (VmHWM), so that nothing between two looks is missed.
 * Undefined on other systems and for a process that has ended; there the child reports it itself with each answer.
 */
export function peakMemory(pid: number): number | undefined {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return peak === undefined ? undefined : Number(peak) * 1024;
  } catch {
    return undefined;
  }
}
