import type { Content, Contents } from './content.ts';
import { mergeTexts } from './merge.ts';

/** What a project has in a place. */
export type Place =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly content: Content }
  /** A link, with what it leads to, or something that is no file. */
  | { readonly kind: 'other'; readonly content: Content | undefined };

/** One path of a project: what was emitted, what is there, and what is emitted now. */
export interface Sides {
  /** Undefined where it was not emitted or nobody knows. */
  readonly base: Content | undefined;
  readonly mine: Place;
  /** Undefined where it is not emitted any more. */
  readonly theirs: Content | undefined;
}

/** What becomes of an edited file. */
export const WISHES = ['keep', 'merge', 'replace'] as const;
export type Wish = (typeof WISHES)[number];

/** Why a file is left as it is. */
export type KeptBecause =
  /** It was edited (or nobody knows), and what is emitted is another. */
  | 'edited'
  /** It was edited, and nothing new is emitted. */
  | 'nothing-new'
  /** It was removed. */
  | 'removed'
  /** It was edited, and is not emitted any more. */
  | 'not-emitted'
  /** It is a link, or no file. */
  | 'link'
  /** It is never overwritten. */
  | 'yours';

/** What an update does with one path. */
export type Action =
  | { readonly kind: 'same' }
  | { readonly kind: 'add' }
  /** `edited`: edits are lost, on request. */
  | { readonly kind: 'replace'; readonly edited: boolean }
  | { readonly kind: 'keep'; readonly why: KeptBecause }
  | { readonly kind: 'merge' | 'conflict'; readonly text: string }
  | { readonly kind: 'delete' };

export type Plan = Readonly<Record<string, Action>>;

/** Written once: the user's from then on. */
export const YOURS: readonly string[] = ['src/customize.ts'];

/** What an update does with each path. @param wish for a file that was edited and that is emitted anew */
export function planUpdate(
  sides: Readonly<Record<string, Sides>>,
  wish: (path: string) => Wish,
  yours: readonly string[] = YOURS,
): Plan {
  const paths = Object.keys(sides).sort();
  return Object.fromEntries(
    paths.map((path) => [path, planFile(sides[path] as Sides, () => wish(path), yours.includes(path))]),
  );
}

function planFile({ base, mine, theirs }: Sides, wish: () => Wish, yours: boolean): Action {
  const has = mine.kind === 'absent' ? undefined : mine.content;
  if (equal(has, theirs)) return { kind: 'same' };
  if (mine.kind === 'other') return keep('link');
  if (mine.kind === 'absent') return base && (yours || wish() !== 'replace') ? keep('removed') : { kind: 'add' };
  if (yours) return keep('yours');
  const edited = !equal(base, has);
  if (!theirs) return edited ? keep('not-emitted') : { kind: 'delete' };
  if (!edited) return { kind: 'replace', edited: false };
  if (wish() === 'replace') return { kind: 'replace', edited: true };
  if (equal(base, theirs)) return keep('nothing-new');
  return (wish() === 'merge' && merge(mine.content, base, theirs)) || keep('edited');
}

const keep = (why: KeptBecause): Action => ({ kind: 'keep', why });

const equal = (a: Content | undefined, b: Content | undefined): boolean => a?.sha256 === b?.sha256;

/** Undefined where one of the three texts is not there to be merged. */
function merge(mine: Content, base: Content | undefined, theirs: Content): Action | undefined {
  if (mine.text === undefined || base?.text === undefined || theirs.text === undefined) return undefined;
  const { kind, text } = mergeTexts(mine.text, base.text, theirs.text);
  if (kind === 'clean' && text === mine.text) return { kind: 'same' };
  return { kind: kind === 'clean' ? 'merge' : 'conflict', text: mine.crlf ? text.replaceAll('\n', '\r\n') : text };
}

/** What the next update compares with: a file that was kept against what is emitted keeps the base that its edits were made on. */
export function nextBase(sides: Readonly<Record<string, Sides>>, plan: Plan): Contents {
  const entries = Object.entries(plan).flatMap(([path, action]): [string, Content][] => {
    const { base, theirs } = sides[path] as Sides;
    const content = action.kind === 'keep' && theirs ? base : theirs;
    return content ? [[path, content]] : [];
  });
  return Object.fromEntries(entries);
}
