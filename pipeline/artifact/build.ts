import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import { findEngine, type Engine } from '../docker.ts';
import { readTemplate } from '../project.ts';
import * as argv from '../sam/argv.ts';
import { diagnoseSam } from '../sam/diagnose.ts';
import { runSam } from '../sam/run.ts';
import { settleSourceMaps } from './source-maps.ts';
import { hashFiles, hashSources, isFresh, writeStamp } from './stamp.ts';
import { checkWeight, imageOf, weigh, type Part } from './weigh.ts';

/** What only a build makes. */
export interface Artifact {
  readonly buildDir: string;
  readonly template: string;
  readonly parts: readonly Part[];
}

export interface BuildPlan {
  /** The project: what is built comes from here. */
  readonly root: string;
  /** Where the template lies and `sam build` runs: all that SAM keeps is in its .aws-sam. */
  readonly folder: string;
}

/** The project's own build, where `sam local` and `sam deploy` look by themselves. */
export const projectBuild = (root: string): BuildPlan => ({ root, folder: root });

const buildDirOf = ({ folder }: BuildPlan): string => join(folder, '.aws-sam', 'build');

/**
 * Builds beside the last good build and takes its place only when all went well; otherwise nothing new stays behind.
 *
 * @throws ToolError BUILD_FAILED | ARTIFACT_TOO_LARGE | DISK_FULL | SAM_MISSING | CANCELLED
 */
export async function buildArtifact(plan: BuildPlan, io: Io): Promise<Artifact> {
  const buildDir = buildDirOf(plan);
  const parent = dirname(buildDir);
  const fresh = join(parent, `building-${process.pid}`);
  const engine = await engineFor(plan, io);
  try {
    await mkdir(parent, { recursive: true });
    const sources = await hashSources(plan.root);
    await forgetStaleLayers(plan.root, parent);
    const call = { template: join(plan.folder, 'template.yaml'), buildDir: fresh, cacheDir: join(parent, 'cache') };
    const ran = await runSam(argv.build(call), { cwd: plan.folder, show: 'all', until: 'Build Succeeded' }, io);
    if (ran.kind === 'failed') throw diagnoseSam(ran.stdout + ran.stderr, 'BUILD_FAILED', '`sam build` failed.');
    await settleSourceMaps(fresh);
    const parts = await weigh(fresh, engine);
    checkWeight(parts);
    await writeStamp(fresh, sources);
    await swap(fresh, buildDir);
    return { buildDir, template: join(buildDir, 'template.yaml'), parts };
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // What SAM keeps is good after Ctrl-C. After a failure it may be half written or too large, and would come back with the next build.
    if (!(error instanceof ToolError && error.kind === 'cancelled')) await forgetCache(parent);
    throw fromDisk(error, parent);
  }
}

/** The build that is there where it was made from the sources as they are now; else a new one. */
export async function freshArtifact(plan: BuildPlan, io: Io): Promise<Pick<Artifact, 'buildDir' | 'template'>> {
  const buildDir = buildDirOf(plan);
  const template = join(buildDir, 'template.yaml');
  const stands = (await isFresh(buildDir, await hashSources(plan.root))) && (await hasImages(plan, template, io));
  return stands ? { buildDir, template } : buildArtifact(plan, io);
}

/** The engine that an image is built by; none for zips. */
async function engineFor({ folder }: BuildPlan, io: Io): Promise<Engine | undefined> {
  const { Resources } = await readTemplate(join(folder, 'template.yaml'));
  const isImage = Object.values(Resources).some(({ Properties }) => Properties?.['PackageType'] === 'Image');
  return isImage ? findEngine(io.env, io.signal, 'build') : undefined;
}

/** Whether the engine still has every image of a build. */
async function hasImages(plan: BuildPlan, template: string, io: Io): Promise<boolean> {
  const engine = await engineFor(plan, io);
  const names = Object.values((await readTemplate(template)).Resources).flatMap((resource) => imageOf(resource) ?? []);
  const found = await Promise.all(names.map((name) => engine?.image(name)));
  return found.every((image) => image !== undefined);
}

const forgetCache = async (parent: string): Promise<void> => {
  for (const part of ['cache', 'deps']) await rm(join(parent, part), { recursive: true, force: true });
};

/** SAM installs a layer anew when its package.json changed, not when .npmrc or prune.mjs did: then its cache goes. */
async function forgetStaleLayers(root: string, parent: string): Promise<void> {
  const file = join(parent, 'layer-sources');
  const sources = await hashFiles(root, ['runtime']);
  if ((await readFile(file, 'utf8').catch(() => '')) === sources) return;
  await forgetCache(parent);
  await writeFile(file, sources);
}

/** Puts `fresh` where `current` is. The old one is out of the way first and is put back if that fails. */
async function swap(fresh: string, current: string): Promise<void> {
  const old = `${fresh}.old`;
  const had = await rename(current, old).then(
    () => true,
    () => false,
  );
  try {
    await rename(fresh, current);
  } catch (error) {
    if (had) await rename(old, current);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM']);

function fromDisk(error: unknown, where: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (error instanceof ToolError || code === undefined || !NO_ROOM.has(code)) return error;
  return new ToolError(
    'DISK_FULL',
    {
      what: `There is no room, or no right, to write here (${code}). The last good build is still there.`,
      where,
      next: 'free some space, then run the command again',
    },
    { cause: error },
  );
}
