import { ToolError } from '../../generator/errors.ts';

/** A YAML mapping as plain data. */
export type Mapping = { readonly [key: string]: unknown };

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The trouble with one place of a template: `where` is its path, e.g. `template.yaml: Resources.Function.Properties.Timeout`. */
export function invalid(where: string, what: string, expected?: string): ToolError {
  return new ToolError('TEMPLATE_INVALID', { what, where, ...(expected === undefined ? {} : { expected }) });
}

/** A mapping, or an empty one where nothing is said. */
export function mappingAt(value: unknown, where: string): Mapping {
  if (value === undefined || value === null) return {};
  if (isMapping(value)) return value;
  throw invalid(where, 'This is not a mapping.', 'keys with values, e.g. `Timeout: 20`');
}

/** A list, or an empty one where nothing is said. */
export function listAt(value: unknown, where: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value as unknown[];
  throw invalid(where, 'This is not a list.', 'a list, e.g. `- handler.ts`');
}

/** Text; numbers and booleans as CloudFormation writes them. */
export function textAt(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalid(where, value === undefined ? 'This is missing.' : 'This is not text.', 'text');
}

/** A whole number within `[least, most]`; parameters come as text, so `"512"` counts. */
export function wholeAt(value: unknown, where: string, [least, most]: readonly [number, number]): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) return number;
  throw invalid(where, `${JSON.stringify(value)} is not allowed here.`, `a whole number from ${least} to ${most}`);
}
