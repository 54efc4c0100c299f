import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** Longer ones are data: nobody reads their difference. */
const LONGEST = 256 << 10;

/** A unified diff, as git prints it; undefined where one of them is no text or too long. */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string | undefined {
  if (before === undefined || after === undefined || Math.max(before.length, after.length) > LONGEST) return undefined;
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
