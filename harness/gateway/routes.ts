/** What a path of the document is made of. */
type Segment = { readonly kind: 'text' | 'one' | 'rest'; readonly name: string };

export interface Pattern {
  readonly path: string;
  readonly segments: readonly Segment[];
}

/** `/items/{id}/{proxy+}` as a pattern. */
export function patternOf(path: string): Pattern {
  const segments = split(path).map((part): Segment => {
    const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? [];
    if (name === undefined) return { kind: 'text', name: part };
    return { kind: plus === '+' ? 'rest' : 'one', name };
  });
  return { path, segments };
}

/** Path parameters, or undefined where the path is not of this pattern. */
export function matchPath({ segments }: Pattern, path: string): Readonly<Record<string, string>> | undefined {
  const parts = split(path);
  const parameters: Record<string, string> = {};
  for (const [i, { kind, name }] of segments.entries()) {
    const part = parts[i];
    if (part === undefined) return undefined;
    if (kind === 'rest') return { ...parameters, [name]: parts.slice(i).join('/') };
    if (kind === 'one') parameters[name] = part;
    else if (part !== name) return undefined;
  }
  return parts.length === segments.length ? parameters : undefined;
}

const RANK = { text: 0, one: 1, rest: 2 } as const;

/** Order in which patterns are tried: fixed text before a parameter before a greedy one, from the left. */
export function byPrecedence(a: Pattern, b: Pattern): number {
  for (let i = 0; i < Math.max(a.segments.length, b.segments.length); i++) {
    const [left, right] = [a.segments[i], b.segments[i]];
    const difference = (left ? RANK[left.kind] : -1) - (right ? RANK[right.kind] : -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** API Gateway makes no difference between `/predict` and `/predict/`. */
function split(path: string): string[] {
  const inside = path.replace(/^\//, '').replace(/\/$/, '');
  return inside === '' ? [] : inside.split('/');
}
