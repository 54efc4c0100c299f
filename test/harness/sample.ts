import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunction } from '../../harness/build/build.ts';
import { Lambda, type LambdaOptions } from '../../harness/lambda/lambda.ts';
import { openProject, type Project } from '../../harness/template/project.ts';
import type { Invocation } from '../../harness/lambda/invocation.ts';
import { packageFile } from '../../generator/package-files.ts';

const folders: string[] = [];
const lambdas: Lambda[] = [];

/** A copy of the sample project in a temporary folder, with parameters for its stage dev. */
export function sampleFolder(overrides: Readonly<Record<string, string | number>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'harness-test-'));
  folders.push(folder);
  cpSync(packageFile('test/harness/sample-project'), folder, {
    recursive: true,
    filter: (path) => !path.includes('.onnx-lambda'),
  });
  mkdirSync(join(folder, 'fixtures'));
  const words = Object.entries({ Stage: 'dev', ...overrides }).map(([name, value]) => `${name}=${value}`);
  const config = { stack_name: 'sample-dev', region: 'eu-central-1', parameter_overrides: words };
  const text = readFileSync(join(folder, 'samconfig.yaml'), 'utf8').replace(/^dev:[^]*?(?=^prod:)/m, '');
  writeFileSync(join(folder, 'samconfig.yaml'), `${text}dev: ${JSON.stringify({ deploy: { parameters: config } })}\n`);
  return folder;
}

/** Rewrites a file of a project. */
export function edit(folder: string, file: string, change: (text: string) => string): void {
  const path = join(folder, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

export interface Sample {
  readonly project: Project;
  readonly lambda: Lambda;
  /** All lines that were logged. */
  readonly lines: string[];
}

/** The sample project's function, built and ready to be called. */
export async function sampleLambda(
  overrides: Readonly<Record<string, string | number>> = {},
  options: Partial<LambdaOptions> = {},
): Promise<Sample> {
  const project = await openProject(sampleFolder(overrides));
  const lines: string[] = [];
  const lambda = new Lambda(project, await buildFunction(project), { log: (line) => lines.push(line), ...options });
  lambdas.push(lambda);
  return { project, lambda, lines };
}

/** Ends what tests started and removes what they wrote: for `afterEach` or `afterAll`. */
export async function cleanUp(): Promise<void> {
  await Promise.all(lambdas.splice(0).map((lambda) => lambda.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** An error's code, for `expect(...).toBe('TEMPLATE_INVALID')`. */
export const codeOf = async (run: () => unknown): Promise<unknown> => {
  try {
    await run();
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

/** Whether a process is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie still has a number: it is gone all the same.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until something is so, at most for some ms. */
export async function until(isSo: () => boolean, patience = 5_000): Promise<boolean> {
  const end = Date.now() + patience;
  while (!isSo()) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

/** The function's answer, or the error in its place. */
export const parsed = ({ payload }: Invocation): Record<string, unknown> =>
  JSON.parse(payload) as Record<string, unknown>;

/** An event for the sample function. */
export const does = (what: string, more: object = {}): string => JSON.stringify({ do: what, ...more });
