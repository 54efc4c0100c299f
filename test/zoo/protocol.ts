import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createProgram } from '../../generator/commands/create-program.ts';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import { buildFunction } from '../../harness/build/build.ts';
import { withLambda } from '../../harness/commands/with-lambda.ts';
import { carryWholeNumbers } from '../../harness/whole-numbers.ts';
import type { Lambda } from '../../harness/lambda/lambda.ts';
import { openProject } from '../../harness/template/project.ts';
import { PLAIN_ENV } from '../cli/folders.ts';
import { differences, parseAnswer } from './compare.ts';
import type { Case } from './zoo.ts';

/** `same` as Python's answers, what differs, or the code of a refusal: the tool's, or the function's error type. */
export type Outcome = 'same' | { readonly differs: readonly string[] } | { readonly refused: string };

/** A case by the Open Inference Protocol: create with `--task tensor`, then its requests, in this process. */
export async function outcomeOf(one: Case, zoo: string, folder: string): Promise<Outcome> {
  const model = join(zoo, one.name, one.model);
  try {
    return await withService(join(folder, one.name), ['--model', model, '--task', 'tensor'], async (lambda) => {
      const found: string[] = [];
      for (const [i, { outputs }] of one.requests.entries()) {
        const answer = await lambda.invoke(
          carryWholeNumbers(readFileSync(join(zoo, one.name, `request-${i}.json`), 'utf8')),
        );
        if (answer.kind !== 'answered') return { refused: errorType(answer.payload) };
        found.push(...differences(parseAnswer(answer.payload).outputs, outputs));
      }
      return found.length === 0 ? 'same' : { differs: found };
    });
  } catch (error) {
    if (error instanceof ToolError) return { refused: error.code };
    throw error;
  }
}

/** Makes a project, builds its function and runs it in this process. @throws ToolError when it is refused */
export async function withService<Result>(
  project: string,
  flags: readonly string[],
  use: (lambda: Lambda) => Promise<Result>,
): Promise<Result> {
  const { signal } = new AbortController();
  await makeProject(project, flags);
  const opened = await openProject(project);
  const build = await buildFunction(opened);
  return withLambda(opened, build, { log: () => undefined, environments: 1 }, { signal }, use);
}

/** create-onnx-lambda in this process. @throws ToolError when it is refused */
export async function makeProject(project: string, flags: readonly string[]): Promise<void> {
  const { signal } = new AbortController();
  mkdirSync(dirname(project), { recursive: true });
  await create([project, ...flags, '--yes', '--skip-install', '--no-git'], dirname(project), signal);
}

const errorType = (payload: string): string => (JSON.parse(payload) as { errorType: string }).errorType;

/** @throws ToolError when it refuses */
async function create(args: readonly string[], cwd: string, signal: AbortSignal): Promise<void> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const io: Io = { stdin: stdin.end(), stdout, stderr, env: PLAIN_ENV, cwd, signal };
  const said = text(stderr);
  stdout.resume();
  let code = -1;
  await createProgram(io, (done) => (code = done)).parseAsync(args, { from: 'user' });
  stderr.end();
  if (code !== 0) throw new Error(`create-onnx-lambda ended with ${code}:\n${await said}`);
}
