import { join } from 'node:path';
import { ExpectedPicture } from '../generator/expected.ts';
import { compareAnswer, type Comparison, type Tolerance } from './fixtures.ts';

/** The same as `compareAnswer`, for answers that may have pictures in them. @param root the project, whose fixtures/ has those that are expected */
export async function compareFixture(
  root: string,
  expected: unknown,
  answer: unknown,
  tolerance: Tolerance,
): Promise<Comparison> {
  const [want, have] = await looked(root, expected, answer);
  return compareAnswer(want, have, tolerance);
}

/** What is seen of a picture: its size, and how many values are off by more than they may. */
interface Seen {
  readonly size: string;
  readonly valuesOff: number;
}

/** Both values with what is seen in place of each picture that a field of theirs is. */
async function looked(root: string, want: unknown, have: unknown): Promise<readonly [unknown, unknown]> {
  const { data: picture } = ExpectedPicture.safeParse(want);
  if (picture) return typeof have === 'string' ? lookAt(root, picture, have) : [want, have];
  if (!isObject(want) || !isObject(have)) return [want, have];
  const pairs = await Promise.all(
    Object.entries(want).map(async ([key, value]) => [key, await looked(root, value, have[key])] as const),
  );
  const [left, right] = [0, 1].map((i) => Object.fromEntries(pairs.map(([key, both]) => [key, both[i]])));
  const missing = Object.keys(want).filter((key) => !Object.hasOwn(have, key));
  return [left, Object.fromEntries(Object.entries({ ...have, ...right }).filter(([key]) => !missing.includes(key)))];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function lookAt(root: string, { file, levels }: ExpectedPicture, base64: string): Promise<[Seen, Seen | string]> {
  const want = await decode(join(root, 'fixtures', file));
  const have = await decode(Buffer.from(base64, 'base64')).catch(() => undefined);
  const expected = { size: sizeOf(want), valuesOff: 0 };
  if (!have) return [expected, 'no picture that can be decoded'];
  const off = want.data.reduce(
    (count, value, i) => count + (Math.abs(value - (have.data[i] ?? NaN)) <= levels ? 0 : 1),
    0,
  );
  return [expected, { size: sizeOf(have), valuesOff: off }];
}

const sizeOf = ({ width, height, channels }: Decoded): string => `${width} × ${height}, ${channels} channels`;

interface Decoded {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

async function decode(file: string | Buffer): Promise<Decoded> {
  // A native library, for those projects alone that answer pictures.
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}
