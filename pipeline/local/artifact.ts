import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Io } from '../../generator/io.ts';
import { stringifyYaml } from '../../generator/yaml.ts';
import { workFolder } from '../../harness/work-folder.ts';
import { freshArtifact, projectBuild, type BuildPlan } from '../artifact/build.ts';
import type { Project } from '../project.ts';
import { hostArchitecture, NPM_CPU, type Architecture } from './architecture.ts';
import { isBuiltLayer, localModelOf, localTemplate } from './template.ts';

/** A build that containers on this machine can run. */
export interface LocalArtifact {
  readonly template: string;
  readonly architecture: Architecture;
}

/**
 * The project's own build where this machine has its architecture; else one beside it for this machine's,
 * because a container of another architecture needs emulation that is seldom there and slow where it is. So does a model that Lambda
 * fetches from S3: here it is a layer.
 */
export async function localArtifact(project: Project, io: Io, host = hostArchitecture()): Promise<LocalArtifact> {
  const target = project.blueprint.function.architecture;
  if (target === host && localModelOf(project.template) === undefined) {
    const { template } = await freshArtifact(projectBuild(project.root), io);
    return { template, architecture: host };
  }
  if (target !== host)
    io.stderr.write(
      `The project is for ${target} and this machine is ${host}: running a build for ${host} from .onnx-lambda/sam/${host}. What is deployed stays ${target}.\n`,
    );
  const { template } = await freshArtifact(await planFor(project, host), io);
  return { template, architecture: host };
}

/** Writes the project's template and layer sources anew for another architecture, under .onnx-lambda/sam/. */
async function planFor(project: Project, architecture: Architecture): Promise<BuildPlan> {
  const folder = workFolder(project.root, 'sam', architecture);
  for (const { Properties } of Object.values(project.template.Resources).filter(isBuiltLayer)) {
    const path = String(Properties?.['ContentUri']);
    const copy = join(folder, 'layers', path);
    await rm(copy, { recursive: true, force: true });
    await mkdir(copy, { recursive: true });
    const filter = (file: string): boolean => basename(file) !== 'node_modules';
    await cp(join(project.root, path), copy, { recursive: true, filter });
    await setCpu(join(copy, '.npmrc'), architecture);
  }
  const template = localTemplate(project.template, architecture, '../../..', 'layers');
  await writeFile(join(folder, 'template.yaml'), stringifyYaml(template));
  return { root: project.root, folder };
}

async function setCpu(npmrc: string, architecture: Architecture): Promise<void> {
  const text = await readFile(npmrc, 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*cpu\s*=/.test(line));
  await writeFile(npmrc, [...lines, `cpu=${NPM_CPU[architecture]}`, ''].join('\n'));
}
