/** What one vCPU comes with, in MB. */
const CPU = 1769;

/** Threads that a function with so much memory (in MB) can keep busy; undefined where it is not said. */
export function threadsFor(memory: string | undefined): number | undefined {
  const megabytes = Number(memory);
  return megabytes > 0 ? Math.max(1, Math.round(megabytes / CPU)) : undefined;
}

/** How many threads native code may use; undefined outside Lambda, where the machine decides. */
export const threads = threadsFor(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']);
