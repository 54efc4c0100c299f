import { ToolError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Context } from '../questions/context.ts';
import { confirm, choice } from '../questions/kinds.ts';
import { mayAsk } from '../questions/mode.ts';
import type { Question } from '../questions/question.ts';
import { unifiedDiff } from '../update/diff.ts';
import type { Sides, Wish } from '../update/plan.ts';
import { RECORD_FILE } from '../update/record.ts';
import { breaks, type Change } from '../update/signature/change.ts';

export interface UpdateMode {
  readonly edited: Wish | undefined;
  readonly yes: boolean;
  readonly acceptBreaking: boolean;
  readonly dryRun: boolean;
}

type Reply = Wish | `${Wish}-all`;

/** What becomes of one edited file, or of it and all that follow. */
const editedQuestion = (path: string): Question<Reply> =>
  choice<Reply>({
    flag: '--edited <what>',
    message: `${path} was edited, and is another now`,
    choices: {
      keep: 'leave it as it is',
      merge: 'take over what is new, your edits stay',
      replace: 'your edits are lost',
      'keep-all': 'leave this and all others',
      'merge-all': 'merge this and all others',
      'replace-all': 'replace this and all others',
    },
    fallback: () => 'keep',
  });

/**
 * Old files beside new ones make no service: where nobody knows which were edited, somebody has to say what becomes of them.
 *
 * @throws ToolError BASE_UNKNOWN
 */
export function mustBeDecided(edited: readonly string[], mode: UpdateMode, io: Io): void {
  if (edited.length === 0 || mode.edited !== undefined || mayAsk(io, mode.yes)) return;
  throw new ToolError('BASE_UNKNOWN', {
    what: `The project has no ${RECORD_FILE}: nobody knows which of ${edited.length} files that differ were edited.`,
    where: edited.join(', '),
    next: 'commit what is there, then: onnx-lambda update --edited replace (or keep)',
  });
}

/** What becomes of each edited file: as the flag says, as a person says, else it is kept. */
export async function askWishes(
  edited: readonly string[],
  sides: Readonly<Record<string, Sides>>,
  mode: UpdateMode,
  io: Io,
): Promise<(path: string) => Wish> {
  const rest = mode.edited ?? 'keep';
  if (edited.length === 0 || mode.dryRun || !mayAsk(io, mode.yes || mode.edited !== undefined)) return () => rest;
  const ask = await prompter(io);
  const wishes = new Map<string, Wish>();
  for (const [i, path] of edited.entries()) {
    const { mine, theirs } = sides[path] as Sides;
    const has = mine.kind === 'absent' ? undefined : mine.content?.text;
    io.stderr.write(unifiedDiff(path, has, theirs?.text) ?? `${path}: no text\n`);
    const [wish, all] = ((await ask(editedQuestion(path))) ?? 'keep').split('-') as [Wish, string?];
    for (const one of all ? edited.slice(i) : [path]) wishes.set(one, wish);
    if (all) break;
  }
  return (path) => wishes.get(path) ?? rest;
}

/**
 * Goes on only where clients of the API need not change, or somebody accepts that they must.
 *
 * @throws ToolError SIGNATURE_BREAKS, CANCELLED
 */
export async function acceptChanges(changes: readonly Change[], mode: UpdateMode, io: Io): Promise<void> {
  if (!breaks(changes) || mode.acceptBreaking) return;
  if (mayAsk(io, false)) {
    if (mode.yes || mode.dryRun) return;
    const ask = await prompter(io);
    const message = 'Clients of the API have to change. Update all the same';
    if (await ask(confirm({ flag: '--accept-breaking', negative: '--no', message, fallback: () => false }))) return;
    throw new ToolError('CANCELLED', { what: 'Cancelled; nothing was written.' });
  }
  const list = changes.filter(({ kind }) => kind === 'breaking').map(({ at, what, why }) => `${at}: ${what} (${why})`);
  throw new ToolError('SIGNATURE_BREAKS', {
    what: 'Clients of the API have to change, and nobody is here to accept that; nothing was written.',
    where: list.join('\n            '),
    next: 'the same with --accept-breaking',
  });
}

type AskAlone = <Value>(question: Question<Value>) => Promise<Value | undefined>;

/** Questions of an update look at nothing but themselves. */
async function prompter(io: Io): Promise<AskAlone> {
  const { promptOn } = await import('../questions/prompt.ts');
  const context: Context = { answers: {}, cwd: io.cwd, packageManager: 'npm' };
  const ask = promptOn(io);
  return (question) => ask(question, context);
}
