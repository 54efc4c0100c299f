import { readFileSync } from 'node:fs';

/** Most memory that this process ever had, in bytes. */
export function peakMemory(): number {
  return linuxPeak() ?? process.resourceUsage().maxRSS * 1024;
}

/** On Linux maxRSS counts what the parent had when it started this process too; VmHWM does not. */
function linuxPeak(): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
