import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ToolError } from '../../generator/errors.ts';
import type { Command, Io } from '../../generator/io.ts';
import { buildFunction } from '../build/build.ts';
import { hostCredentials } from '../credentials.ts';
import { eventOf, findFixture } from '../fixture-files.ts';
import { openProject } from '../template/project.ts';
import { carryWholeNumbers } from '../whole-numbers.ts';
import { printAnswer } from './print-answer.ts';
import { withLambda } from './with-lambda.ts';

export interface InvokeOptions {
  readonly fixture?: string;
  /** A file with an event as JSON, `-` for standard input. */
  readonly event?: string;
  readonly stage?: string;
  /** Where the bytes of a picture in the answer go. */
  readonly output?: string;
  readonly credentials?: boolean;
}

/**
 * Sends one fixture (a picture as `{"image": base64}`) or one event straight to the function. stdout has its answer, JSON alone; where the function
 * failed that is Lambda's error object, and the exit code is 1.
 */
export const invoke: Command<InvokeOptions> = async (options, io) => {
  const project = await openProject(io.cwd, options.stage);
  const payload = await payloadOf(options, project.root, io);
  const build = await buildFunction(project);
  const settings = {
    log: (line: string) => io.stderr.write(`${line}\n`),
    environments: 1,
    variables: hostCredentials(io.env, project.function, options.credentials),
  };
  return withLambda(project, build, settings, io, async (lambda) => {
    const invocation = await lambda.invoke(payload);
    io.signal.throwIfAborted();
    printAnswer(invocation.payload, options.output, io);
    return invocation.kind === 'answered' ? 0 : 1;
  });
};

/** The event that a fixture or `--event` stands for, as JSON text. */
export async function payloadOf({ fixture, event }: InvokeOptions, root: string, io: Io): Promise<string> {
  if ((fixture === undefined) === (event === undefined))
    throw new ToolError('USAGE', {
      what: 'Give either a fixture or --event.',
      expected: 'onnx-lambda invoke fixtures/seven.png, or onnx-lambda invoke --event events/predict.json',
    });
  if (fixture !== undefined) return eventOf(findFixture(root, io.cwd, fixture));
  const text = event === '-' ? await readAll(io) : readEvent(resolve(io.cwd, event ?? ''));
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new ToolError(
      'EVENT_INVALID',
      {
        what: `The event is not JSON: ${(cause as Error).message}`,
        ...(event !== undefined && { where: event }),
        expected: '{"image": "…"}',
      },
      { cause },
    );
  }
  return carryWholeNumbers(text);
}

function readEvent(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ToolError(
      'EVENT_INVALID',
      { what: 'The event can not be read.', where: file, next: 'ls events' },
      { cause },
    );
  }
}

async function readAll({ stdin }: Io): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Buffer | string));
  return Buffer.concat(chunks).toString('utf8');
}
