import { InferenceSession } from 'onnxruntime-node';
import { makeFeed, RUNS, type FeedSpec } from './feeds.ts';
import { peakMemory } from './peak-memory.ts';
import { runSession } from './run-session.ts';
import { answerParent } from './serve.ts';

export interface ProbeRequest {
  readonly file: string;
  /** Tensors to fetch. */
  readonly outputs: readonly string[];
  /** Shapes to try, best first: the first that runs is taken. By input name. */
  readonly candidates: readonly Readonly<Record<string, FeedSpec>>[];
}

export interface ProbeAnswer {
  readonly loadMs: number;
  readonly runMs: number;
  /** Of this process, in bytes. */
  readonly peakBytes: number;
  /** Index in `candidates` of what ran; -1 where none did. */
  readonly candidate: number;
  /** The first candidate's error, where it did not run. */
  readonly error: string;
  /** By output name: the shape and the numbers of each run (at most `MOST` of them; none for text). */
  readonly outputs: Readonly<Record<string, ProbedOutput>>;
}

interface ProbedOutput {
  readonly dims: (readonly number[])[];
  readonly runs: number[][];
}

/** More values than this are no class scores. */
const MOST = 1 << 16;
/** Milliseconds after which no other candidate is tried. */
const PATIENCE = 30_000;

answerParent<ProbeRequest, ProbeAnswer>(async ({ file, outputs, candidates }, phase) => {
  phase('load');
  const start = performance.now();
  const session = await InferenceSession.create(file, { logSeverityLevel: 4 });
  const loadMs = performance.now() - start;
  phase('run');
  let error = '';
  const began = performance.now();
  for (const [candidate, feeds] of candidates.entries()) {
    if (performance.now() - began > PATIENCE) break;
    try {
      const { results, runMs } = await tryRuns(session, feeds, outputs);
      return { loadMs, runMs, peakBytes: peakMemory(), candidate, error, outputs: results };
    } catch (cause) {
      error ||= cause instanceof Error ? cause.message : String(cause);
    }
  }
  return { loadMs, runMs: 0, peakBytes: peakMemory(), candidate: -1, error, outputs: {} };
});

async function tryRuns(
  session: InferenceSession,
  feeds: Readonly<Record<string, FeedSpec>>,
  outputs: readonly string[],
): Promise<{ results: Record<string, ProbedOutput>; runMs: number }> {
  // Without a prototype: an output may be called `constructor`.
  const results = Object.create(null) as Record<string, ProbedOutput>;
  let runMs = 0;
  for (const run of RUNS) {
    const tensors = new Map(Object.entries(feeds).map(([name, feed]) => [name, makeFeed(feed, run)]));
    const start = performance.now();
    const answer = await runSession(session, tensors, outputs);
    runMs = performance.now() - start;
    for (const name of outputs) {
      const tensor = answer.get(name);
      if (!tensor) continue;
      const result = (results[name] ??= { dims: [], runs: [] });
      result.dims.push(tensor.dims);
      result.runs.push(
        tensor.type === 'string' ? [] : Array.from((tensor.data as Float32Array).subarray(0, MOST), Number),
      );
    }
  }
  return { results, runMs };
}
