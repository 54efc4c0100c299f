import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareAnswer, predictionsOf, readExpected, type Prediction } from './fixtures.ts';
import type { Lambda } from './lambda/lambda.ts';
import type { Project } from './template/project.ts';

/** What came of one picture. `onnx-lambda test --json` prints these: names and shapes stay as they are. */
export interface FixtureResult {
  /** File name in fixtures/ */
  readonly picture: string;
  readonly passed: boolean;
  /** Why it did not pass. */
  readonly why: string | null;
  readonly expected: readonly Prediction[];
  /** Null where the function gave no predictions. */
  readonly got: readonly Prediction[] | null;
  /** Largest absolute difference of a probability; null where there was nothing to compare. */
  readonly difference: number | null;
  /** Duration of the REPORT line, without the start. */
  readonly ms: number | null;
  /** Init Duration where this picture started the environment. */
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
  for (const [picture, { predictions }] of Object.entries(fixtures)) {
    const result = await runFixture(project.root, lambda, picture, predictions, tolerance);
    results.push(result);
    each(result);
  }
  return results;
}

async function runFixture(
  root: string,
  lambda: Lambda,
  picture: string,
  expected: Prediction[],
  tolerance: number,
): Promise<FixtureResult> {
  const none = { picture, passed: false, expected, got: null, difference: null, ms: null, initMs: null };
  const file = join(root, 'fixtures', picture);
  if (!existsSync(file)) return { ...none, why: `there is no file fixtures/${picture}` };
  const invocation = await lambda.invoke(JSON.stringify({ image: readFileSync(file).toString('base64') }));
  const answer = JSON.parse(invocation.payload) as unknown;
  const times =
    invocation.kind === 'refused' ? {} : { ms: invocation.report.duration, initMs: invocation.report.init ?? null };
  if (invocation.kind !== 'answered') return { ...none, ...times, why: describeFailure(answer) };
  const comparison = compareAnswer(expected, answer, tolerance);
  const got = predictionsOf(answer) ?? null;
  return comparison.kind === 'same'
    ? { ...none, ...times, passed: true, why: null, got, difference: comparison.difference }
    : { ...none, ...times, why: comparison.why, got };
}

function describeFailure(error: unknown): string {
  const { errorType, errorMessage } = (error ?? {}) as { errorType?: string; errorMessage?: string };
  return `${errorType ?? 'Error'}: ${errorMessage ?? ''}`;
}
