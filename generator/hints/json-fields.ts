/** Fields of a file that others wrote: only of the type that is expected, else undefined. */
export type Json = Readonly<Record<string, unknown>>;

export function numberAt(json: Json | undefined, key: string): number | undefined {
  const value = json?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function numbersAt(json: Json | undefined, key: string): number[] | undefined {
  const value = json?.[key];
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((item): item is number => typeof item === 'number' && Number.isFinite(item)) ? value : undefined;
}

export function booleanAt(json: Json | undefined, key: string): boolean | undefined {
  const value = json?.[key];
  return typeof value === 'boolean' ? value : undefined;
}

export function stringAt(json: Json | undefined, key: string): string | undefined {
  const value = json?.[key];
  return typeof value === 'string' ? value : undefined;
}

export function objectAt(json: Json | undefined, key: string): Json | undefined {
  const value = json?.[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** A size or a divisor: a number above zero. */
export function positiveAt(json: Json | undefined, key: string): number | undefined {
  const value = numberAt(json, key);
  return value !== undefined && value > 0 ? value : undefined;
}

/** Sizes or divisors: a list with a zero or less in it is passed over. */
export function positivesAt(json: Json | undefined, key: string): number[] | undefined {
  const values = numbersAt(json, key);
  return values?.every((value) => value > 0) ? values : undefined;
}
