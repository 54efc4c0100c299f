import type { Command, Io } from '../../generator/io.ts';
import { buildArtifact, projectBuild } from '../artifact/build.ts';
import { assertLimits } from '../../generator/template/limits.ts';
import { printWeights } from '../artifact/report.ts';
import { weighZips } from '../artifact/zip.ts';
import { connect, type Aws } from '../aws/clients.ts';
import { checkAccount, whoAmI } from '../aws/identity.ts';
import { checkDeployable, checkStage, readStack } from '../aws/stack-state.ts';
import { followPlan } from '../deploy/apply.ts';
import { planDeployment, serviceArgv, validateTemplate } from '../deploy/plan.ts';
import { smokeTest } from '../deploy/smoke-test.ts';
import { mustAsk, startShown } from '../deploy/start.ts';
import { checkInS3, withModel } from '../model/of-stack.ts';
import { printOutputs } from '../print/outputs.ts';
import { readProject, type Project } from '../project.ts';
import { findPushed } from '../registry/images.ts';
import { readRegistry, repositoryOf, uploadsOf } from '../registry/places.ts';
import { checkSam } from '../sam/check.ts';
import { parseStage, targetOf, type Names, type Target } from '../stage.ts';

export interface DeployOptions extends Names {
  readonly stage: string;
  readonly yes?: boolean;
  /** The stack stays with the model in S3 that it has. */
  readonly keepModel?: boolean;
}

/** What each check looks at. */
interface Situation {
  readonly project: Project;
  readonly target: Target;
  readonly aws: Aws;
  readonly io: Io;
}

/** All that must be right before anything is built or uploaded, cheapest first. */
const CHECKS: readonly { readonly title: string; readonly run: (situation: Situation) => Promise<unknown> }[] = [
  { title: 'SAM CLI', run: ({ project, io }) => checkSam(project.root, io) },
  { title: 'credentials and account', run: async ({ target, aws }) => checkAccount(target, await whoAmI(aws)) },
  {
    title: 'state of the stack',
    run: async ({ target, aws }) => {
      const state = await readStack(aws, target.stackName);
      checkDeployable(state, target, aws.region);
      checkStage(state, target);
    },
  },
  {
    title: 'template',
    run: async ({ project, aws, io }) => {
      assertLimits(project.template, 'template.yaml');
      await validateTemplate(project.root, 'template.yaml', aws.region, io);
    },
  },
];

/** `onnx-lambda deploy`: checks, builds, plans, asks, applies, tries it out; the outputs are the answer. */
export const deploy: Command<DeployOptions> = async (options, io) => {
  const stage = parseStage(options.stage);
  const project = await readProject(io.cwd);
  const asked = targetOf(project, stage, options);
  const asks = mustAsk(stage, options.yes, 'onnx-lambda deploy', io);
  if (options.keepModel) checkInS3(project);

  const aws = await connect(asked.region, io);
  for (const check of CHECKS) {
    io.stderr.write(`Checking ${check.title}\n`);
    await check.run({ project, target: asked, aws, io });
  }
  const artifact = await buildArtifact(projectBuild(project.root), io);
  printWeights(await weighZips(artifact, io.signal), io);

  const { account } = await whoAmI(aws);
  const { target, isProjects } = await withModel(project, asked, options.keepModel === true, aws, account, io);
  const uploads = uploadsOf(project, target, await readRegistry(aws, target));
  const { template } = await findPushed(artifact.template, repositoryOf(uploads, target), aws, io);
  const args = serviceArgv(project, target, template, uploads, aws.region);
  const plan = await planDeployment(project.root, target, args, aws, io);
  if (plan.kind === 'nothing') {
    io.stderr.write(`No changes: ${target.stackName} is up to date.\n`);
    return 0;
  }
  const started = await startShown(plan, target, asks, aws, io);
  const deployed = await followPlan(aws, target, started, plan.changes.length, io);
  await smokeTest(project, target, aws.region, isProjects ? 'answer' : 'shape', io);
  printOutputs(deployed.outputs, io);
  return 0;
};
