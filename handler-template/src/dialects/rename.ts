/**
 * The same fields by other names; those that `names` does not have keep theirs.
 *
 * @example rename({ input_url: 'https://…' }, { input_url: 'url' }) // { url: 'https://…' }
 */
export function rename(fields: object, names: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value as unknown]));
}
