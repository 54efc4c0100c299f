import { EXIT } from '../errors.ts';
import type { Command, Io } from '../io.ts';
import { BLUEPRINT_FILE } from '../blueprint.ts';
import { firstCommit } from '../update/first-commit.ts';
import { openProject, type OpenProject } from '../update/open-project.ts';
import { nextBase, planUpdate, type Action, type Plan, type Sides } from '../update/plan.ts';
import { readPlaces, sidesOf } from '../update/read-sides.ts';
import { contentsOf, printRecord, RECORD_FILE } from '../update/record.ts';
import { compareSignatures } from '../update/signature/compare.ts';
import type { Contents } from '../update/content.ts';
import { script, text, type FileMap } from '../write/file-map.ts';
import { writeProject } from '../write/write-project.ts';
import { progressOn } from './progress.ts';
import { remake, type Remade, type RemakeOptions } from './remake.ts';
import { acceptChanges, askWishes, mustBeDecided, type UpdateMode } from './update-questions.ts';
import { printChanges, report } from './update-report.ts';

export interface UpdateOptions extends RemakeOptions, UpdateMode {
  readonly json: boolean;
}

/**
 * `onnx-lambda update`: the project as it would be made today, planned against what was emitted and what is there, then one write.
 * Until the write nothing is changed anywhere.
 *
 * @throws ToolError for all that is refused; the project is as it was then
 */
export const update: Command<UpdateOptions> = async (options, io) => {
  const progress = progressOn(io);
  const project = await openProject(io.cwd);
  const remade = await remake(project, options, io, progress);
  const changes = compareSignatures(project.emitted, remade);
  const base = project.record ?? (await firstCommit(project.root, io));
  const sides = await sidesFor(project.root, base, await contentsOf(remade.files));
  const first = planUpdate(sides, () => 'keep');
  const edited = Object.keys(first).filter((path) => isEdited(first[path]));
  if (!options.json) io.stdout.write(printChanges(changes));
  if (base === undefined) mustBeDecided(edited, options, io);
  const wish = await askWishes(edited, sides, options, io);
  const plan = planUpdate(sides, wish);
  const said = { root: project.root, sides, plan, changes, options };
  await acceptChanges(changes, options, io).catch((error: unknown) => {
    if (options.json || options.dryRun) report({ ...said, written: false }, io);
    throw error;
  });
  if (!options.dryRun) await apply(project, remade, sides, plan, io);
  report({ ...said, written: !options.dryRun }, io);
  if (!options.dryRun && isWritten(plan['package.json']))
    io.stderr.write(`package.json is another one now: ${remade.blueprint.packageManager} install\n`);
  return Object.values(plan).some(({ kind }) => kind === 'conflict') ? EXIT.failed : 0;
};

const isEdited = (action: Action | undefined): boolean => action?.kind === 'keep' && action.why === 'edited';

const isWritten = (action: Action | undefined): boolean =>
  action !== undefined && ['add', 'replace', 'merge', 'conflict'].includes(action.kind);

/** Every path that was emitted or is emitted now. */
async function sidesFor(
  root: string,
  record: Contents = {},
  theirs: Contents,
): Promise<Readonly<Record<string, Sides>>> {
  const paths = [...new Set([...Object.keys(record), ...Object.keys(theirs)])];
  const isInput = (path: string): boolean => path === BLUEPRINT_FILE || path.startsWith('model/');
  return sidesOf(record, await readPlaces(root, paths), theirs, isInput);
}

/** One write of all that changes; nothing of it where anything fails. */
async function apply(
  { root, record }: OpenProject,
  { files }: Remade,
  sides: Readonly<Record<string, Sides>>,
  plan: Plan,
  { signal }: Pick<Io, 'signal'>,
): Promise<void> {
  const changed = Object.entries(plan).flatMap(([path, action]) => {
    const entry = files[path];
    if (action.kind === 'add' || action.kind === 'replace') return entry ? [[path, entry] as const] : [];
    if (action.kind !== 'merge' && action.kind !== 'conflict') return [];
    return [[path, entry?.kind === 'script' ? script(action.text) : text(action.text)] as const];
  });
  const gone = Object.keys(plan).filter((path) => plan[path]?.kind === 'delete');
  const base = nextBase(sides, plan);
  const hashes = (contents: Contents = {}): string =>
    JSON.stringify(
      Object.entries(contents)
        .map(([path, { sha256 }]) => [path, sha256])
        .sort(),
    );
  const isRecorded = record !== undefined && hashes(record) === hashes(base);
  const all: FileMap = {
    ...Object.fromEntries(changed),
    ...(!isRecorded && { [RECORD_FILE]: text(printRecord(base)) }),
  };
  if (Object.keys(all).length === 0 && gone.length === 0) return;
  const written = await writeProject(all, { kind: 'overwrite', dir: root }, { signal, gone });
  await written.keep();
}
