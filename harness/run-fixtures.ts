import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eventOf } from './fixture-files.ts';
import { compareFixture } from './compare-fixture.ts';
import { readExpected, type Tolerance } from './fixtures.ts';
import type { Lambda } from './lambda/lambda.ts';
import type { Project } from './template/project.ts';

/** What came of one fixture. `onnx-lambda test --json` prints these: names and shapes stay as they are. */
export interface FixtureResult {
  /** File name in fixtures/ */
  readonly fixture: string;
  readonly passed: boolean;
  /** Why it did not pass. */
  readonly why: string | null;
  readonly expected: object;
  /** Null where the function failed. */
  readonly got: unknown;
  /** Largest absolute difference of a number; null where there was nothing to compare. */
  readonly difference: number | null;
  /** Duration of the REPORT line, without the start. */
  readonly ms: number | null;
  /** Init Duration where this fixture started the environment. */
  readonly initMs: number | null;
}

/**
 * Sends every fixture of expected.json to the function, one after another.
 *
 * @param each is told each result as it comes
 * @throws ToolError EXPECTED_INVALID
 */
export async function runFixtures(
  project: Project,
  lambda: Lambda,
  each: (result: FixtureResult) => void = () => undefined,
): Promise<FixtureResult[]> {
  const { fixtures, tolerance } = readExpected(project.root);
  const results: FixtureResult[] = [];
  for (const [fixture, { response }] of Object.entries(fixtures)) {
    const result = await runFixture(project.root, lambda, fixture, response, tolerance);
    results.push(result);
    each(result);
  }
  return results;
}

async function runFixture(
  root: string,
  lambda: Lambda,
  fixture: string,
  expected: object,
  tolerance: Tolerance,
): Promise<FixtureResult> {
  const none = { fixture, passed: false, expected, got: null, difference: null, ms: null, initMs: null };
  const file = join(root, 'fixtures', fixture);
  if (!existsSync(file)) return { ...none, why: `there is no file fixtures/${fixture}` };
  const invocation = await lambda.invoke(eventOf(file));
  const answer = JSON.parse(invocation.payload) as unknown;
  const times =
    invocation.kind === 'refused' ? {} : { ms: invocation.report.duration, initMs: invocation.report.init ?? null };
  if (invocation.kind !== 'answered') return { ...none, ...times, why: describeFailure(answer) };
  const comparison = await compareFixture(root, expected, answer, tolerance);
  return comparison.kind === 'same'
    ? { ...none, ...times, passed: true, why: null, got: answer, difference: comparison.difference }
    : { ...none, ...times, why: comparison.why, got: answer };
}

function describeFailure(error: unknown): string {
  const { errorType, errorMessage } = (error ?? {}) as { errorType?: string; errorMessage?: string };
  return `${errorType ?? 'Error'}: ${errorMessage ?? ''}`;
}
