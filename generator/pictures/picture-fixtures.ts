import { ToolError } from '../errors.ts';
import type { Fixture } from '../render/fixtures.ts';
import type { FixtureParts, Fixtures } from '../tasks/task.ts';
import { bytes, copy } from '../write/file-map.ts';
import { contentTypeOf } from './content-types.ts';
import { findPictures, readPicture, type Picture } from './find-pictures.ts';
import type { PictureSource } from './oracle.ts';
import type { Preprocessing } from './preprocessing.ts';
import { samplePictures } from './sample-pictures.ts';

/** What must be answered, and files that this names. */
export type Said = Pick<Fixture, 'response' | 'beside'>;

export interface PictureFixtures {
  readonly preprocessing: Preprocessing;
  /** What the model says of each picture, by file name. */
  readonly ask: (pictures: readonly PictureSource[]) => Promise<Readonly<Record<string, Said>>>;
  /** Fields of a direct invoke's event beside the picture. */
  readonly event: object;
}

/** The pictures that were given, or some that are made up, with what the model itself says about them; the smallest one is the sample. */
export async function pictureFixtures(
  { answers, cwd }: Pick<FixtureParts, 'answers' | 'cwd'>,
  { preprocessing, ask, event }: PictureFixtures,
): Promise<Fixtures> {
  const pictures = answers.pictures.length > 0 ? await findPictures(answers.pictures, cwd) : madeUp(preprocessing);
  const said = await ask(
    pictures.map(({ file, from }) => (from.kind === 'path' ? from.path : { name: file, bytes: from.bytes })),
  );
  const fixtures = pictures.map(({ file, from }): Fixture => ({
    file,
    entry: from.kind === 'path' ? copy(from.path) : bytes(from.bytes),
    path: '/predict',
    response: {},
    ...said[file],
  }));
  const [smallest] = pictures.toSorted((a, b) => a.bytes - b.bytes);
  if (!smallest) throw new ToolError('PICTURE_INVALID', { what: 'No picture was given.', expected: 'at least one' });
  const { file } = smallest;
  const body = await readPicture(smallest);
  const image = Buffer.from(body).toString('base64');
  return {
    fixtures,
    sample: { file, path: '/predict', contentType: contentTypeOf(file), body, event: { image, ...event } },
  };
}

/** Larger than the model takes, so that resizing is tried too; where it takes any size, of one that it was run with. */
function madeUp({ width, height, resize }: Preprocessing): readonly Picture[] {
  const side = Math.max(width, height);
  return Object.entries(samplePictures(resize.kind === 'none' ? side : Math.round(side * 1.25))).map(
    ([file, content]) => ({
      file,
      from: { kind: 'bytes', bytes: content },
      bytes: content.length,
    }),
  );
}
