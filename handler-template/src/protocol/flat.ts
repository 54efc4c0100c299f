import { invalid, mismatch, shown } from './mismatch.ts';

/** Deeper than any tensor: whoever sends that means no data. */
const DEEPEST = 64;

/**
 * Elements in row-major order, of data that is flat or nested as the shape is.
 *
 * @throws ServiceError INPUT_MISMATCH where there are more or fewer than the shape says, INVALID_REQUEST where it is nested without end
 */
export function flat(data: unknown, shape: readonly number[], what: string): readonly unknown[] {
  const depth = depthOf(data);
  if (depth > DEEPEST) throw invalid(`The data of ${what}`, `a list nested at most ${DEEPEST} deep`, data);
  const length = shape.reduce((product, size) => product * size, 1);
  if (Array.isArray(data) && depth === 1 && data.length === length) return data as readonly unknown[];
  if (depth === 1 && length > 0) throw mismatch(`The data of ${what}`, `${length} elements`, shown(data));
  const elements: unknown[] = [];
  collect(data, shape, 0, elements, what);
  return elements;
}

/** By the first of each level; a loop, since nesting may be deeper than the stack. */
function depthOf(data: unknown): number {
  let depth = 0;
  for (let level = data; Array.isArray(level); level = (level as unknown[])[0]) depth++;
  return depth;
}

/** Adds the elements below one level; it goes no deeper than the shape does. */
function collect(part: unknown, shape: readonly number[], level: number, elements: unknown[], what: string): void {
  const size = shape[level];
  if (size === undefined) {
    elements.push(part);
    return;
  }
  if (!Array.isArray(part) || part.length !== size) {
    const expected = `a list of ${size} at level ${level + 1} of the shape [${shape.slice(0, 12).join(', ')}]`;
    throw mismatch(`The data of ${what}`, expected, shown(part));
  }
  const parts = part as readonly unknown[];
  if (level < shape.length - 1) for (const one of parts) collect(one, shape, level + 1, elements, what);
  else for (let i = 0; i < parts.length; i++) elements.push(parts[i]);
}
