import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolError } from '../../generator/errors.ts';
import { EXPECTED_FILE, type Tolerance } from '../../generator/expected.ts';
import type { Io } from '../../generator/io.ts';
import { compareFixture } from '../../harness/compare-fixture.ts';
import { eventOf, findFixture } from '../../harness/fixture-files.ts';
import { brief, readExpected } from '../../harness/fixtures.ts';
import type { Project } from '../project.ts';
import * as argv from '../sam/argv.ts';
import { diagnoseSam } from '../sam/diagnose.ts';
import { runSam } from '../sam/run.ts';
import type { Target } from '../stage.ts';

/** A fixture and what it must be answered with. */
interface Sample {
  readonly fixture: string;
  /** As JSON text. */
  readonly event: string;
  readonly response: object;
  readonly tolerance: Tolerance;
}

/** The smallest fixture with an expected answer; undefined where the project has none. */
export async function smallestFixture(root: string): Promise<Sample | undefined> {
  if (!existsSync(join(root, EXPECTED_FILE))) return undefined;
  const { fixtures, tolerance } = readExpected(root);
  const sized = await Promise.all(
    Object.entries(fixtures).map(async ([fixture, { response }]) => {
      const file = findFixture(root, root, fixture);
      return { fixture, file, response, size: (await stat(file)).size };
    }),
  );
  const [smallest] = sized.sort((a, b) => a.size - b.size);
  return smallest && { ...smallest, event: eventOf(smallest.file), tolerance };
}

/** What Lambda's Invoke answers, as `sam remote invoke --output json` prints it. */
interface InvokeAnswer {
  readonly FunctionError?: string;
  readonly Payload?: unknown;
}

/** What has to come: the expected answer, or from another model than the project's an answer with the same fields. */
export type Expectation = 'answer' | 'shape';

/**
 * Sends a fixture to what traffic now reaches, and compares the answer with the expected one.
 *
 * @throws ToolError SMOKE_TEST_FAILED
 */
export async function smokeTest(
  project: Project,
  target: Target,
  region: string,
  awaited: Expectation,
  io: Io,
): Promise<void> {
  const sample = await smallestFixture(project.root);
  if (!sample) {
    io.stderr.write('No smoke test: the project has no fixtures with expected answers.\n');
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'onnx-lambda-'));
  try {
    const event = join(folder, 'event.json');
    await writeFile(event, sample.event);
    const call = { stackName: target.stackName, functionId: 'Function', qualifier: 'live', event, region };
    const ran = await runSam(argv.remoteInvoke(call), { cwd: project.root, show: 'stderr' }, io);
    if (ran.kind === 'failed')
      throw diagnoseSam(ran.stderr + ran.stdout, 'SMOKE_TEST_FAILED', 'The deployed function could not be invoked.');
    await judge(project.root, parseAnswer(ran.stdout), sample, awaited, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const how = awaited === 'answer' ? 'as expected' : 'by another model than the one in model/, so only its fields were compared'; // prettier-ignore
  io.stderr.write(`Smoke test: ${sample.fixture} is answered ${how}.\n`);
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

async function judge(
  root: string,
  { FunctionError, Payload }: InvokeAnswer,
  sample: Sample,
  awaited: Expectation,
  target: Target,
): Promise<void> {
  const compare = awaited === 'answer' ? differs : lacks;
  const problem = FunctionError ? `the function failed (${FunctionError})` : await compare(root, sample, Payload);
  if (problem === undefined) return;
  throw new ToolError('SMOKE_TEST_FAILED', {
    what: `${target.stackName} is deployed, and does not answer ${sample.fixture} as expected: ${problem}.`,
    where: JSON.stringify(Payload).slice(0, 500),
    expected: brief(sample.response, 300),
    next: 'onnx-lambda test   (the same fixtures on this machine); to go back, deploy the last good commit',
  });
}

/** How an answer differs from the expected one; undefined where it does not. */
async function differs(root: string, { response, tolerance }: Sample, answer: unknown): Promise<string | undefined> {
  const compared = await compareFixture(root, response, answer, tolerance);
  return compared.kind === 'same' ? undefined : compared.why;
}

/** Which field of the expected answer another model's has not. */
function lacks(_: string, { response }: Sample, answer: unknown): string | undefined {
  const missing = Object.keys(response).filter((field) => !Object.hasOwn(Object(answer) as object, field));
  return missing.length > 0 ? `it has no ${missing.join(', ')}` : undefined;
}
