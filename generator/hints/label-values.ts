/** Keys under which files and metadata keep the names, first match wins. */
const KEYS = ['id2label', 'label_names', 'names', 'labels', 'classes', 'class_names', 'categories', 'label2id'];

/**
 * Class names from JSON or YAML: a list of names, a map from index to name, a map from name to index, the same under one of
 * the usual keys; a name may also be a pair (`["n01440764", "tench"]`) or an object with a `name`.
 */
export function namesFromValue(value: unknown): string[] | undefined {
  if (Array.isArray(value)) {
    const names = value.map(nameOf);
    return names.length > 0 && names.every((name) => name !== undefined) ? names : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  const named = byIndex(entries.map(([index, name]) => [index, nameOf(name)]));
  if (named) return named;
  const turned = byIndex(entries.map(([name, index]) => [typeof index === 'number' ? String(index) : '', name]));
  if (turned) return turned;
  for (const key of KEYS) {
    const [, inner] = entries.find(([name, of]) => name === key && typeof of === 'object') ?? [];
    const names = namesFromValue(inner);
    if (names) return names;
  }
  return undefined;
}

function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.length > 0 ? nameOf(value.at(-1)) : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, label } = value as { name?: unknown; label?: unknown };
  return nameOf(name ?? label);
}

/** Names by their index, where the indices are 0…n−1, each once. */
export function byIndex(
  entries: readonly (readonly [index: string, name: string | undefined])[],
): string[] | undefined {
  const names = new Map<number, string>();
  for (const [index, name] of entries) {
    if (!/^\d{1,7}$/.test(index) || Number(index) >= entries.length || name === undefined) return undefined;
    names.set(Number(index), name);
  }
  if (names.size === 0 || names.size < entries.length) return undefined;
  return Array.from({ length: names.size }, (_, i) => names.get(i) as string);
}

/** `{0: 'cat', 1: "dog's"}` or `['cat', 'dog']`: how Python prints it, which is what Ultralytics writes into a model's metadata. */
export function parsePythonNames(text: string): string[] | undefined {
  const [, open, inside = ''] = /^\s*([[{])(.*)[\]}]\s*$/s.exec(text) ?? [];
  const item = /\s*(?:(\d+)\s*:\s*)?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(?:,\s*|$)/sy;
  const entries: [string, string][] = [];
  while (item.lastIndex < inside.trimEnd().length) {
    const [, index, single, double] = item.exec(inside) ?? [];
    const name = single ?? double;
    if (name === undefined || (index === undefined) === (open === '{')) return undefined;
    entries.push([index ?? String(entries.length), name.replace(/\\(.)/gs, '$1')]);
  }
  return byIndex(entries);
}
