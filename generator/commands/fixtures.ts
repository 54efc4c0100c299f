import type { Blueprint } from '../blueprint.ts';
import { ToolError } from '../errors.ts';
import type { Io } from '../io.ts';
import { runOracle } from '../model/oracle.ts';
import type { Answers } from '../questions/answers.ts';
import type { SamplePicture } from '../render/events.ts';
import type { Fixture } from '../render/fixtures.ts';
import { samplePictures } from '../render/sample-pictures.ts';
import { bytes, copy } from '../write/file-map.ts';
import type { Learned } from './learn-model.ts';
import { findPictures, readPicture, type Picture } from './pictures.ts';

export interface FixtureParts {
  readonly answers: Answers;
  readonly learned: Learned;
  readonly blueprint: Blueprint;
  readonly labels: readonly string[];
  readonly io: Pick<Io, 'cwd' | 'signal'>;
}

/** The pictures that were given, or some that are made up, with what the model itself says about them; and the smallest one for events. */
export async function makeFixtures({
  answers,
  learned,
  blueprint,
  labels,
  io,
}: FixtureParts): Promise<{ readonly fixtures: readonly Fixture[]; readonly sample: SamplePicture }> {
  const pictures = answers.pictures.length > 0 ? await findPictures(answers.pictures, io.cwd) : madeUp(blueprint);
  const said = await runOracle({
    served: learned.examined,
    task: blueprint.task,
    labels,
    pictures: pictures.map(({ file, from }) => (from.kind === 'path' ? from.path : { name: file, bytes: from.bytes })),
    signal: io.signal,
  });
  const fixtures = pictures.map(({ file, from }): Fixture => ({
    file,
    entry: from.kind === 'path' ? copy(from.path) : bytes(from.bytes),
    predictions: said[file] ?? [],
  }));
  const [smallest] = pictures.toSorted((a, b) => a.bytes - b.bytes);
  if (!smallest) throw new ToolError('PICTURE_INVALID', { what: 'No picture was given.', expected: 'at least one' });
  return { fixtures, sample: { file: smallest.file, bytes: await readPicture(smallest) } };
}

function madeUp({ task }: Blueprint): readonly Picture[] {
  const { width, height } = task.preprocessing;
  return Object.entries(samplePictures(Math.max(width, height))).map(([file, content]) => ({
    file,
    from: { kind: 'bytes', bytes: content },
    bytes: content.length,
  }));
}
