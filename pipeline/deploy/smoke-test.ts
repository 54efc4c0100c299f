import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolError } from '../../generator/errors.ts';
import { Expected, EXPECTED_FILE, type Prediction } from '../../generator/expected.ts';
import type { Io } from '../../generator/io.ts';
import type { Project } from '../project.ts';
import * as argv from '../sam/argv.ts';
import { diagnoseSam } from '../sam/diagnose.ts';
import { runSam } from '../sam/run.ts';
import type { Target } from '../stage.ts';

/** A fixture and what it must be answered with. */
interface Sample {
  readonly picture: string;
  readonly bytes: Buffer;
  readonly predictions: readonly Prediction[];
  readonly tolerance: number;
}

/** The smallest picture with an expected answer; undefined where the project has none. */
export async function smallestFixture(root: string): Promise<Sample | undefined> {
  const text = await readFile(join(root, EXPECTED_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { fixtures, tolerance } = Expected.parse(JSON.parse(text));
  const sized = await Promise.all(
    Object.keys(fixtures).map(async (picture) => ({
      picture,
      size: (await stat(join(root, 'fixtures', picture))).size,
    })),
  );
  const [smallest] = sized.sort((a, b) => a.size - b.size);
  if (!smallest) return undefined;
  const { picture } = smallest;
  const bytes = await readFile(join(root, 'fixtures', picture));
  return { picture, bytes, predictions: fixtures[picture]?.predictions ?? [], tolerance };
}

/** What Lambda's Invoke answers, as `sam remote invoke --output json` prints it. */
interface InvokeAnswer {
  readonly FunctionError?: string;
  readonly Payload?: unknown;
}

/**
 * Sends a fixture to what traffic now reaches, and compares the answer with the expected one.
 *
 * @throws ToolError SMOKE_TEST_FAILED
 */
export async function smokeTest(project: Project, target: Target, region: string, io: Io): Promise<void> {
  const sample = await smallestFixture(project.root);
  if (!sample) {
    io.stderr.write('No smoke test: the project has no fixtures with expected answers.\n');
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'onnx-lambda-'));
  try {
    const event = join(folder, 'event.json');
    await writeFile(event, JSON.stringify({ image: sample.bytes.toString('base64'), top: sample.predictions.length }));
    const call = { stackName: target.stackName, functionId: 'Function', qualifier: 'live', event, region };
    const ran = await runSam(argv.remoteInvoke(call), { cwd: project.root, show: 'stderr' }, io);
    if (ran.kind === 'failed')
      throw diagnoseSam(ran.stderr + ran.stdout, 'SMOKE_TEST_FAILED', 'The deployed function could not be invoked.');
    judge(parseAnswer(ran.stdout), sample, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  io.stderr.write(`Smoke test: ${sample.picture} is answered as expected.\n`);
}

function parseAnswer(stdout: string): InvokeAnswer {
  try {
    const answer = JSON.parse(stdout) as InvokeAnswer;
    const { Payload } = answer;
    return { ...answer, Payload: typeof Payload === 'string' ? (JSON.parse(Payload) as unknown) : Payload };
  } catch (cause) {
    throw new ToolError(
      'SMOKE_TEST_FAILED',
      { what: 'The answer is no JSON.', where: stdout.slice(0, 300) },
      { cause },
    );
  }
}

function judge({ FunctionError, Payload }: InvokeAnswer, sample: Sample, target: Target): void {
  const got = (Payload as { predictions?: readonly Prediction[] } | null)?.predictions;
  const problem = FunctionError ? `The function failed (${FunctionError}).` : differs(sample, got);
  if (problem === undefined) return;
  throw new ToolError('SMOKE_TEST_FAILED', {
    what: `${target.stackName} is deployed, and does not answer ${sample.picture} as expected. ${problem}`,
    where: JSON.stringify(Payload).slice(0, 500),
    expected: JSON.stringify(sample.predictions.slice(0, 3)),
    next: 'onnx-lambda test   (the same fixtures on this machine); to go back, deploy the last good commit',
  });
}

/** How an answer differs from the expected one; undefined where it does not. */
export function differs(
  { predictions, tolerance }: Pick<Sample, 'predictions' | 'tolerance'>,
  got: readonly Prediction[] | undefined,
): string | undefined {
  if (!Array.isArray(got)) return 'There are no predictions in the answer.';
  const answered = new Map(
    (got as readonly Prediction[]).map(({ className, probability }) => [className, probability]),
  );
  if (predictions[0]?.className !== (got as readonly Prediction[])[0]?.className)
    return 'The best class is another one.';
  for (const { className, probability } of predictions) {
    const distance = Math.abs((answered.get(className) ?? Number.NaN) - probability);
    if (!(distance <= tolerance)) return `${className} should be ${probability}, within ${tolerance}.`;
  }
  return undefined;
}
