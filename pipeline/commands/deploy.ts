import type { StageName } from '../../generator/blueprint.ts';
import { ToolError } from '../../generator/errors.ts';
import type { Command, Io } from '../../generator/io.ts';
import { buildArtifact, projectBuild } from '../artifact/build.ts';
import { assertLimits } from '../../generator/template/limits.ts';
import { printWeights } from '../artifact/report.ts';
import { weighZips } from '../artifact/zip.ts';
import { changeRows } from '../aws/change-set.ts';
import { connect, type Aws } from '../aws/clients.ts';
import { checkAccount, whoAmI } from '../aws/identity.ts';
import { checkDeployable, readStack } from '../aws/stack-state.ts';
import { followPlan, startPlan, type Deployed, type Started } from '../deploy/apply.ts';
import { publishModel } from '../model/publish.ts';
import { discardPlan, planDeployment, validateTemplate, type Plan } from '../deploy/plan.ts';
import { smokeTest } from '../deploy/smoke-test.ts';
import { canAsk, confirm } from '../print/ask.ts';
import { printTable } from '../print/table.ts';
import { readProject, type Project } from '../project.ts';
import { checkSam } from '../sam/check.ts';
import { parseStage, targetOf, type Target } from '../stage.ts';

export interface DeployOptions {
  readonly stage: string;
  readonly yes?: boolean;
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
    run: async ({ target, aws }) => checkDeployable(await readStack(aws, target.stackName), target, aws.region),
  },
  {
    title: 'template',
    run: async ({ project, aws, io }) => {
      assertLimits(project.template, 'template.yaml');
      await validateTemplate(project.root, 'template.yaml', aws.region, io);
    },
  },
];

/** Stages that are asked about before anything changes. */
const ASKED: ReadonlySet<StageName> = new Set(['prod']);

/** `onnx-lambda deploy`: checks, builds, plans, asks, applies, tries it out; the outputs are the answer. */
export const deploy: Command<DeployOptions> = async (options, io) => {
  const stage = parseStage(options.stage);
  const project = await readProject(io.cwd);
  const asked = targetOf(project, stage);
  const asks = ASKED.has(stage) && options.yes !== true;
  if (asks && !canAsk(io)) throw nobodyToAsk(stage);

  const aws = await connect(asked.region, io);
  for (const check of CHECKS) {
    io.stderr.write(`Checking ${check.title}\n`);
    await check.run({ project, target: asked, aws, io });
  }
  const artifact = await buildArtifact(projectBuild(project.root), io);
  printWeights(await weighZips(artifact, io.signal), io);

  const { account } = await whoAmI(aws);
  const target = await publishModel(project, asked, aws, account, io);
  const plan = await planDeployment(project, target, artifact.template, aws, io);
  if (plan.kind === 'nothing') {
    io.stderr.write(`No changes: ${target.stackName} is up to date.\n`);
    return 0;
  }
  const started = await execute(plan, target, asks, aws, io);
  const deployed = await followPlan(aws, target, started, plan.changes.length, io);
  await smokeTest(project, target, aws.region, io);
  printOutputs(deployed, io);
  return 0;
};

/** Shows the changes, asks where it must, hands them over. A plan that is not executed leaves nothing behind. */
async function execute(
  plan: Plan & { kind: 'changes' },
  target: Target,
  asks: boolean,
  aws: Aws,
  io: Io,
): Promise<Started> {
  try {
    printTable(['change', 'resource', 'type', 'replacement'], changeRows(plan.changes), io);
    if (asks) await confirm(`Deploy these ${plan.changes.length} changes to ${target.stackName}?`, io);
    return await startPlan(aws, target, plan.changeSet);
  } catch (error) {
    await discardPlan(aws, target, plan.changeSet);
    throw error;
  }
}

function printOutputs({ outputs }: Deployed, io: Io): void {
  printTable(['output', 'value'], Object.entries(outputs), io);
  io.stdout.write(`${JSON.stringify(outputs, null, 2)}\n`);
}

const nobodyToAsk = (stage: StageName): ToolError =>
  new ToolError('ANSWERS_MISSING', {
    what: `A deployment to ${stage} is asked about first, and nobody is here to answer.`,
    where: '--yes',
    next: `onnx-lambda deploy --stage ${stage} --yes`,
  });
