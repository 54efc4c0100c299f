import { randomUUID } from 'node:crypto';

/** JSON's strings, and whole numbers outside of them that JSON.parse may round. */
const STRING_OR_LONG = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<=^|[\s,:[])-?\d{16,}(?=[\s,\]}]|$)/g;
const WIDE = ['INT64', 'UINT64'];

/**
 * An event's text in which 64-bit integers of an inference request are strings of digits where they are long: Lambda's runtime parses the
 * events of direct invokes, and rounds them. Nothing else is changed.
 *
 * @param text JSON
 */
export function carryWholeNumbers(text: string): string {
  const mark = `${randomUUID()}:`;
  let found = 0;
  const replaceLong = (by: (long: string) => string): string =>
    text.replaceAll(STRING_OR_LONG, (token) => (token.startsWith('"') ? token : by(token)));
  const marked = replaceLong(() => `"${mark}${found++}"`);
  if (found === 0) return text;
  const wide = JSON.stringify(wideData(JSON.parse(marked)));
  const carried = new Set(Array.from(wide.matchAll(new RegExp(`"${mark}(\\d+)"`, 'g')), ([, place]) => Number(place)));
  let at = 0;
  return replaceLong((long) => (carried.has(at++) ? `"${long}"` : long));
}

/** The data of an inference request's inputs of 64-bit integers. */
function wideData(event: unknown): unknown[] {
  const { inputs } = Object(event) as { inputs?: unknown };
  if (!Array.isArray(inputs)) return [];
  return inputs.flatMap((input): unknown[] => {
    const { datatype, data } = Object(input) as { datatype?: unknown; data?: unknown };
    return WIDE.includes(String(datatype)) ? [data] : [];
  });
}
