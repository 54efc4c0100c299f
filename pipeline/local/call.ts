import type { Io } from '../../generator/io.ts';
import { findEngine } from '../docker.ts';
import { readProject, type Project } from '../project.ts';
import type { LocalCall } from '../sam/argv.ts';
import { parseStage, targetOf } from '../stage.ts';
import { localArtifact } from './artifact.ts';

/** Registry, name and tag of the image that SAM runs Node functions in. */
const imageFor = (project: Project, architecture: string): string => {
  const runtime = String(project.template.Resources['Function']?.Properties?.['Runtime'] ?? 'nodejs24.x');
  return `public.ecr.aws/lambda/nodejs:${/\d+/.exec(runtime)?.[0] ?? '24'}-${architecture}`;
};

/**
 * What every `sam local …` needs, in the order in which it is cheapest to find missing: the project, an engine, SAM with a build.
 * An image that is on this machine is not pulled again: that takes seconds, and a registry.
 */
export async function prepareLocal(stage: string, io: Io): Promise<LocalCall & { project: Project }> {
  const project = await readProject(io.cwd);
  const { parameters } = targetOf(project, parseStage(stage));
  const engine = await findEngine(io.env, io.signal, 'local');
  const { template, architecture } = await localArtifact(project, io);
  const skipPull =
    io.env['ONNX_LAMBDA_SKIP_PULL'] === '1' || (await engine.image(imageFor(project, architecture))) !== undefined;
  return { project, template, parameters, skipPull };
}
