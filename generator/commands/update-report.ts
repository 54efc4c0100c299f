import type { Io } from '../io.ts';
import { unifiedDiff } from '../update/diff.ts';
import type { Action, KeptBecause, Plan, Sides } from '../update/plan.ts';
import type { Change } from '../update/signature/change.ts';

export interface Planned {
  readonly root: string;
  readonly changes: readonly Change[];
  readonly sides: Readonly<Record<string, Sides>>;
  readonly plan: Plan;
  readonly options: { readonly dryRun: boolean; readonly json: boolean };
  readonly written: boolean;
}

/** What is said of one file. */
interface Line {
  readonly path: string;
  readonly action: Action['kind'];
  readonly why?: KeptBecause;
  /** Between what is there and what is emitted, or what becomes of it. */
  readonly diff?: string;
}

const WORDS: Readonly<Record<Exclude<Action['kind'], 'same' | 'keep'>, string>> = {
  add: 'new',
  replace: 'updated',
  merge: 'merged with your edits',
  conflict: 'merged with your edits, with CONFLICTS',
  delete: 'removed: not needed any more',
};

/** Why a file is kept; without words there is nothing to say. */
const KEPT: Readonly<Record<KeptBecause, string | undefined>> = {
  edited: 'kept as you edited it; an update would be:',
  'nothing-new': undefined,
  removed: 'not made again, since you removed it',
  'not-emitted': 'kept as you edited it, though it is not needed any more',
  link: 'kept, since it is a link or no file',
  yours: undefined,
};

/** What is done, or would be: for people with differences, or as JSON. */
export function report(planned: Planned, io: Pick<Io, 'stdout'>): void {
  const lines = Object.entries(planned.plan)
    .filter(([, { kind }]) => kind !== 'same')
    .map(([path, action]) => lineOf(path, action, planned));
  io.stdout.write(planned.options.json ? asJson(lines, planned) : asText(lines));
}

function lineOf(path: string, action: Action, { sides, written }: Planned): Line {
  const { mine, theirs } = sides[path] as Sides;
  const why = action.kind === 'keep' ? { why: action.why } : {};
  const shown = action.kind === 'keep' ? action.why === 'edited' : !written || isEdit(action);
  const before = mine.kind === 'absent' ? undefined : mine.content?.text;
  const after = 'text' in action ? action.text.replaceAll('\r\n', '\n') : theirs?.text;
  const diff = shown ? unifiedDiff(path, before, after) : undefined;
  return { path, action: action.kind, ...why, ...(diff !== undefined && { diff }) };
}

/** Whether something that somebody wrote is changed. */
function isEdit(action: Action): boolean {
  return action.kind === 'merge' || action.kind === 'conflict' || (action.kind === 'replace' && action.edited);
}

function asJson(files: readonly Line[], { root, changes, written }: Planned): string {
  return `${JSON.stringify({ dir: root, written, changes, files }, null, 2)}\n`;
}

/** What is another for clients, breaking changes first. */
export function printChanges(changes: readonly Change[]): string {
  if (changes.length === 0) return '';
  const line = ({ kind, at, what, why }: Change): string => `  ${kind.padEnd(10)}  ${at}: ${what} (${why})\n`;
  const of = (wanted: Change['kind']): string[] => changes.filter(({ kind }) => kind === wanted).map(line);
  return `For clients of the API:\n${[...of('breaking'), ...of('compatible')].join('')}\n`;
}

function asText(lines: readonly Line[]): string {
  const said = lines.flatMap(({ path, action, why, diff }) => {
    const words = action === 'keep' ? why && KEPT[why] : action === 'same' ? undefined : WORDS[action];
    return words === undefined ? [] : [{ path, words, diff }];
  });
  if (said.length === 0) return 'Nothing to update.\n';
  const width = Math.max(...said.map(({ path }) => path.length));
  return said
    .map(({ path, words, diff }) => `${path.padEnd(width)}  ${words}\n${diff === undefined ? '' : indented(diff)}`)
    .join('');
}

const indented = (diff: string): string => diff.trimEnd().replace(/^/gm, '    ') + '\n';
