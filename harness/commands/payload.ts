import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import type { Upload } from '../local-aws/upload.ts';
import { eventOf, findFixture } from '../fixture-files.ts';
import { readExpected } from '../fixtures.ts';
import type { Project } from '../template/project.ts';
import { carryWholeNumbers } from '../whole-numbers.ts';

export interface EventOptions {
  readonly fixture?: string;
  /** A file with an event as JSON, `-` for standard input; with a fixture a kind of trigger. */
  readonly event?: string;
  /** That the fixture is put into, where the event names an object. */
  readonly bucket?: string;
}

/** What the function is invoked with. */
export interface Payload {
  /** JSON text. */
  readonly text: string;
  /** What has to be there before. */
  readonly object?: Upload;
}

/** The event that a fixture, `--event`, or both stand for. @throws ToolError USAGE, FIXTURE_NOT_FOUND, EVENT_INVALID */
export async function payloadOf(
  { fixture, event, bucket }: EventOptions,
  {
    root,
    function: { environment },
  }: Pick<Project, 'root'> & { readonly function: Pick<Project['function'], 'environment'> },
  io: Io,
): Promise<Payload> {
  if (event === undefined) {
    if (fixture === undefined) throw usage();
    return { text: eventOf(findFixture(root, io.cwd, fixture)) };
  }
  const { isKind, makeEvent } = await import('../events/make.ts');
  if (!isKind(event) || (fixture === undefined && existsSync(resolve(io.cwd, event)))) {
    if (fixture !== undefined) throw usage();
    return { text: await textOf(event, io) };
  }
  // Where none is named, any: a ping holds none.
  const file = findFixture(root, io.cwd, fixture ?? Object.keys(readExpected(root).fixtures)[0] ?? '');
  const { placed } = await import('../events/places.ts');
  const { event: made, place } = placed(event, await makeEvent(root, event, file), bucket, environment);
  return { text: JSON.stringify(made), ...(place && { object: { ...place, file } }) };
}

const usage = (): ToolError =>
  new ToolError('USAGE', {
    what: 'Give a fixture, --event FILE, or --event KIND with or without a fixture.',
    expected:
      'onnx-lambda invoke fixtures/seven.png, onnx-lambda invoke --event events/predict.json, or onnx-lambda invoke --event s3 fixtures/seven.png',
  });

/** An event as it was given. */
async function textOf(event: string, io: Io): Promise<string> {
  const text = event === '-' ? await readAll(io) : readEvent(resolve(io.cwd, event));
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new ToolError(
      'EVENT_INVALID',
      {
        what: `The event is not JSON: ${(cause as Error).message}`,
        where: event,
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
