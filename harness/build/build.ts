import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Esbuild from 'esbuild';
import { ToolError } from '../../generator/errors.ts';
import type { Project } from '../template/project.ts';
import { invalid, listAt, textAt, type Mapping } from '../template/values.ts';
import { workFolder, writeAtomic } from '../work-folder.ts';
import { esbuildOptions } from './options.ts';
import { findPackage, toolModules, versionOf } from './packages.ts';
import { isFresh, readStamp, stateOf, type Stamp } from './stamp.ts';

/** What runs: a folder to be /var/task. Only a build makes one. */
export interface Build {
  readonly folder: string;
  /** Files in it that make up the function; undefined: the whole folder as it is. */
  readonly files: readonly string[] | undefined;
  /** Whether this call made it, or an earlier one had. */
  readonly made: boolean;
}

/**
 * Builds the function as its template says, unless the last build still stands. A build that fails leaves the last good one in place.
 *
 * @throws ToolError BUILD_FAILED with esbuild's own messages
 */
export async function buildFunction(project: Project): Promise<Build> {
  const { root, function: fn } = project;
  const where = `template.yaml: Resources.${fn.logicalId}`;
  if (!existsSync(fn.codeFolder)) throw invalid(`${where}.Properties.CodeUri`, `There is no folder ${fn.codeFolder}.`);
  if (!fn.esbuild) return { folder: fn.codeFolder, files: undefined, made: false };
  const outputs = workFolder(root, 'build');
  const esbuildFolder = findPackage('esbuild', [
    join(fn.codeFolder, 'node_modules'),
    join(root, 'node_modules'),
    ...toolModules(),
  ]);
  if (esbuildFolder === undefined)
    throw new ToolError('RUNTIME_MISSING', { what: 'esbuild is not installed.', where: root, next: 'npm install' });
  const tsconfig = join(fn.codeFolder, 'tsconfig.json');
  const options: Esbuild.BuildOptions = {
    ...esbuildOptions(fn.esbuild, `${where}.Metadata.BuildProperties`),
    entryPoints: entryPoints(fn.esbuild, fn.codeFolder, `${where}.Metadata.BuildProperties.EntryPoints`),
    outdir: join(outputs, 'out'),
    absWorkingDir: root,
    // SAM sees nothing outside CodeUri, so the project's own tsconfig.json must not matter either.
    ...(existsSync(tsconfig) ? { tsconfig } : { tsconfigRaw: '{}' }),
    nodePaths: [join(root, 'node_modules'), ...toolModules()],
    // The bundle runs from a copy elsewhere: the map's sources are found from here.
    sourceRoot: `${join(outputs, 'out')}/`,
  };
  const key = createHash('sha256')
    .update(JSON.stringify([versionOf(esbuildFolder), options]))
    .digest('hex');
  const stampFile = join(outputs, `${fn.logicalId}.json`);
  const last = readStamp(stampFile);
  if (last && isFresh(last, key, root, outputs))
    return { folder: join(outputs, last.folder), files: last.files, made: false };
  const result = await runEsbuild(esbuildFolder, options);
  const folder = writeOutputs(outputs, result.outputFiles);
  const files = result.outputFiles.map(({ path }) => relative(join(outputs, 'out'), path));
  const watched = [
    ...Object.keys(result.metafile.inputs),
    relative(root, tsconfig),
    relative(root, join(fn.codeFolder, 'package.json')),
  ];
  const inputs = Object.fromEntries(watched.map((path) => [path, stateOf(join(root, path))]));
  writeAtomic(stampFile, JSON.stringify({ key, folder, files, inputs } satisfies Stamp));
  removeOthers(outputs, folder);
  return { folder: join(outputs, folder), files, made: true };
}

function entryPoints(properties: Mapping, codeFolder: string, where: string): string[] {
  const entries = listAt(properties['EntryPoints'], where).map((entry) => textAt(entry, where));
  if (entries.length === 0) throw invalid(where, 'There is no entry point.', 'a list, e.g. `- handler.ts`');
  return entries.map((entry) => {
    const found = [entry, `${entry}.ts`, `${entry}.js`]
      .map((name) => join(codeFolder, name))
      .find((path) => existsSync(path));
    if (found === undefined) throw invalid(where, `There is no file ${join(codeFolder, entry)}.`);
    return found;
  });
}

type Result = Esbuild.BuildResult<{ metafile: true; write: false }>;

async function runEsbuild(folder: string, options: Esbuild.BuildOptions): Promise<Result> {
  const esbuild = (await import(pathToFileURL(join(folder, 'lib', 'main.js')).href)) as typeof Esbuild;
  try {
    return await esbuild.build({ ...options, metafile: true, write: false, logLevel: 'silent' });
  } catch (error) {
    const { errors = [] } = error as Partial<Esbuild.BuildFailure>;
    if (errors.length === 0) throw error;
    const messages = await esbuild.formatMessages(errors, { kind: 'error', color: false });
    const [first] = errors;
    throw new ToolError(
      'BUILD_FAILED',
      {
        what: `The function does not build.\n${messages.join('').trimEnd()}`,
        ...(first?.location && { where: `${first.location.file}:${first.location.line}:${first.location.column + 1}` }),
      },
      { cause: error },
    );
  } finally {
    await esbuild.stop();
  }
}

/** Writes a build under a name made of its content: a half-written one is never under that name. */
function writeOutputs(outputs: string, files: readonly Esbuild.OutputFile[]): string {
  const hash = createHash('sha256');
  for (const { path, contents } of files) hash.update(basename(path)).update(contents);
  const name = hash.digest('hex').slice(0, 16);
  if (existsSync(join(outputs, name))) return name;
  const half = join(outputs, `half-${process.pid}-${name}`);
  try {
    for (const { path, contents } of files) {
      const target = join(half, relative(join(outputs, 'out'), path));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, contents);
    }
    renameSync(half, join(outputs, name));
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(join(outputs, name))) throw error;
  }
  return name;
}

/** Old builds: every folder named by its content but the one in use. Young ones stay: another command may just be copying from them. */
function removeOthers(outputs: string, keep: string): void {
  for (const name of readdirSync(outputs)) {
    if (!/^[0-9a-f]{16}$/.test(name) || name === keep) continue;
    const [, made] = stateOf(join(outputs, name)) ?? [0, Infinity];
    if (Date.now() - made > 60_000) rmSync(join(outputs, name), { recursive: true, force: true });
  }
}
