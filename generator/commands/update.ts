import { EXIT } from '../errors.ts';
import type { Command, Io } from '../io.ts';
import { BLUEPRINT_FILE } from '../blueprint.ts';
import { openProject, type OpenProject } from '../update/open-project.ts';
import { nextBase, planUpdate, type Plan, type Sides, type Wish } from '../update/plan.ts';
import { readPlaces, sidesOf } from '../update/read-sides.ts';
import { contentsOf, printRecord, RECORD_FILE } from '../update/record.ts';
import type { Contents } from '../update/content.ts';
import { script, text, type FileMap } from '../write/file-map.ts';
import { writeProject } from '../write/write-project.ts';
import { progressOn } from './progress.ts';
import { remake, type Remade, type RemakeOptions } from './remake.ts';
import { report } from './update-report.ts';

export interface UpdateOptions extends RemakeOptions {
  readonly dryRun: boolean;
  readonly json: boolean;
  /** What becomes of edited files; undefined: they are kept, or a person is asked. */
  readonly edited: Wish | undefined;
  readonly yes: boolean;
  readonly acceptBreaking: boolean;
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
  const theirs = await contentsOf(remade.files);
  const sides = await sidesFor(project, theirs);
  const plan = planUpdate(sides, () => options.edited ?? 'keep');
  report({ project, sides, plan, options }, io);
  if (!options.dryRun) await apply(project, remade, sides, plan, io);
  return Object.values(plan).some(({ kind }) => kind === 'conflict') ? EXIT.failed : 0;
};

/** Every path that was emitted or is emitted now. */
async function sidesFor(
  { root, record = {} }: OpenProject,
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
