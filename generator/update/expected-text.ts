import { Expected, type Tolerance } from '../expected.ts';

/** fixtures/expected.json as JSON text; undefined where it is none. */
export function readExpectedText(text: string | undefined): Expected | undefined {
  try {
    return text === undefined ? undefined : Expected.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * The expected answers for a project that has some: requests that were added by hand keep their answers, and where the model says what
 * it said before, within the tolerance, the text stays (another processor changes the last digits). The order stays too.
 *
 * @param emitted as a new project's
 * @param before as it was emitted, or as it is where nobody knows
 * @param isOwn whether a file in fixtures/ was added by hand
 */
export function expectedText(
  emitted: string,
  mine: Expected | undefined,
  before: string | undefined,
  isOwn: (file: string) => boolean,
): string {
  const made = Expected.parse(JSON.parse(emitted));
  const added = Object.entries(mine?.fixtures ?? {}).filter(([file]) => !made.fixtures[file] && isOwn(file));
  const all = { ...made.fixtures, ...Object.fromEntries(added) };
  const order = [...Object.keys(mine?.fixtures ?? {}), ...Object.keys(all)];
  const fixtures = Object.fromEntries(order.flatMap((file) => (all[file] ? [[file, all[file]]] : [])));
  const wanted: Expected = { ...made, fixtures };
  const was = readExpectedText(before);
  if (before !== undefined && was && within(was, wanted, made.tolerance)) return before;
  return `${JSON.stringify(wanted, null, 2)}\n`;
}

function within(was: unknown, is: unknown, tolerance: Tolerance): boolean {
  if (typeof was === 'number' && typeof is === 'number')
    return was === is || Math.abs(was - is) <= tolerance.absolute + tolerance.relative * Math.abs(was);
  if (typeof was !== 'object' || typeof is !== 'object' || was === null || is === null) return Object.is(was, is);
  const [before, now] = [Object.entries(was), new Map(Object.entries(is))];
  return (
    Array.isArray(was) === Array.isArray(is) &&
    before.length === now.size &&
    before.every(([key, value]) => now.has(key) && within(value, now.get(key), tolerance))
  );
}
