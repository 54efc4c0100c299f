import { join } from 'node:path';
import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';
import { buildArtifact, projectBuild } from '../artifact/build.ts';
import { printWeights } from '../artifact/report.ts';
import { weighZips } from '../artifact/zip.ts';
import { connect, type Aws } from '../aws/clients.ts';
import { checkAccount, whoAmI } from '../aws/identity.ts';
import { readProject, type Project } from '../project.ts';
import { findPushed } from '../registry/images.ts';
import { readRegistry, repositoryOf, uploadsOf, type Registry } from '../registry/places.ts';
import * as argv from '../sam/argv.ts';
import { checkSam } from '../sam/check.ts';
import { diagnoseSam } from '../sam/diagnose.ts';
import { runSam } from '../sam/run.ts';
import { parseStage, targetOf, type Target } from '../stage.ts';
import type { RegistryOptions } from './registry.ts';

/** What `push` prints; scripts rely on it. */
interface Pushed {
  readonly version: 1;
  readonly stage: string;
  /** Folder of the artifacts in the registry's bucket. */
  readonly artifacts: string;
  /** Addresses of images by the function's logical id. */
  readonly images: Readonly<Record<string, string>>;
  /** The template with these in it, relative to the project: any tool for CloudFormation deploys it. */
  readonly template: string;
}

/** `onnx-lambda push`: builds the package and puts it into the stage's registry, where a deployment finds it. */
export const push: Command<RegistryOptions> = async (options, io) => {
  const stage = parseStage(options.stage);
  const project = await readProject(io.cwd);
  const target = targetOf(project, stage, options);
  const aws = await connect(target.region, io);
  await checkSam(project.root, io);
  checkAccount(target, await whoAmI(aws));
  const registry = await registryOf(project, target, aws);

  const artifact = await buildArtifact(projectBuild(project.root), io);
  printWeights(await weighZips(artifact, io.signal), io);
  const uploads = uploadsOf(project, target, registry);
  // The one that samconfig.yaml names for deployments is not `sam package`'s by itself.
  const repository = repositoryOf(uploads, target);
  const { template, addresses } = await findPushed(artifact.template, repository, aws, io);
  const output = join('.aws-sam', `packaged-${stage}.yaml`);
  const args = argv.packaged({
    template,
    region: aws.region,
    uploads: { ...uploads, repository: repository === undefined ? undefined : { uri: repository } },
    output,
  });
  const ran = await runSam(args, { cwd: project.root, show: 'all', until: 'Successfully packaged' }, io);
  if (ran.kind === 'failed') throw diagnoseSam(ran.stdout + ran.stderr, 'PUSH_FAILED', '`sam package` failed.');
  const artifacts = `s3://${registry.bucket}/${target.prefix}`;
  const pushed: Pushed = { version: 1, stage, artifacts, images: addresses, template: output };
  io.stdout.write(`${JSON.stringify(pushed, null, 2)}\n`);
  return 0;
};

/** @throws ToolError REGISTRY_MISSING where there is no place for the package yet */
async function registryOf({ blueprint }: Project, target: Target, aws: Aws): Promise<Registry> {
  const registry = await readRegistry(aws, target);
  const lacksRepository = blueprint.package.kind === 'image' && !registry?.repository && !target.repository;
  if (registry && !lacksRepository) return registry;
  throw new ToolError('REGISTRY_MISSING', {
    what: registry ? 'The registry has no repository for images yet.' : 'There is no registry to put the package into.',
    where: `stack ${target.registry}`,
    next: `onnx-lambda registry --stage ${target.stage}   (or pipeline.sh with -r)`,
  });
}
