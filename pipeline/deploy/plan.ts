import { DeleteStackCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import {
  CAPABILITIES,
  changeParameters,
  listChangeSets,
  readChangeSet,
  removeChangeSet,
  type PlannedChange,
} from '../aws/change-set.ts';
import type { Aws } from '../aws/clients.ts';
import { describe, stackBusy } from '../aws/stack-state.ts';
import type { Project } from '../project.ts';
import * as argv from '../sam/argv.ts';
import { diagnoseSam } from '../sam/diagnose.ts';
import { runSam } from '../sam/run.ts';
import type { Target } from '../stage.ts';

/** What a deployment would do. */
export type Plan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'changes'; readonly changeSet: string; readonly changes: readonly PlannedChange[] };

/** Names that SAM gives to the change sets it makes. */
const OURS = /^samcli-deploy/;
const CHANGE_SET = /arn:aws[\w-]*:cloudformation:\S+:changeSet\/\S+/;

/**
 * Runs `sam deploy`, which uploads the artifact and has CloudFormation work out the changes. Whatever way it ends without changes to execute,
 * it leaves no change set and no empty stack behind.
 */
export async function planDeployment(
  root: string,
  target: Pick<Target, 'stackName'>,
  args: argv.Argv,
  aws: Aws,
  io: Io,
): Promise<Plan> {
  const before = new Set((await listChangeSets(aws, target.stackName)).map(({ ChangeSetId }) => ChangeSetId));
  const leaveNothing = async (): Promise<void> => {
    for (const { ChangeSetId, ChangeSetName = '' } of await listChangeSets(aws, target.stackName)) {
      if (ChangeSetId && !before.has(ChangeSetId) && OURS.test(ChangeSetName)) await removeChangeSet(aws, ChangeSetId);
    }
    await removeEmptyStack(aws, target.stackName);
  };
  try {
    const ran = await runSam(args, { cwd: root, show: 'all', until: 'Waiting for changeset' }, io);
    if (ran.kind === 'failed') {
      throw diagnoseSam(ran.stdout + ran.stderr, 'DEPLOY_FAILED', '`sam deploy` could not make a change set.');
    }
    const changeSet = CHANGE_SET.exec(ran.stdout)?.[0];
    const changes = changeSet ? await readChangeSet(aws, changeSet) : [];
    if (changeSet && changes.length > 0) return { kind: 'changes', changeSet, changes };
  } catch (error) {
    await leaveNothing();
    throw error;
  }
  await leaveNothing();
  return { kind: 'nothing' };
}

/** How a stage's service is deployed. */
export const serviceArgv = (
  project: Project,
  target: Target,
  template: string,
  uploads: argv.Uploads,
  region: string,
): argv.Argv =>
  argv.deploy({
    template,
    configFile: project.configFile,
    stage: target.stage,
    stackName: target.stackName,
    region,
    uploads,
    parameters: target.parameters,
    capabilities: project.config[target.stage]?.hasCapabilities ? [] : CAPABILITIES,
  });

/**
 * The same for other values of parameters alone: template and code stay as they are deployed.
 *
 * @throws ToolError STACK_BUSY where somebody else began meanwhile
 */
export async function planParameters(
  target: Target,
  stack: Stack,
  values: argv.Parameters,
  aws: Aws,
  io: Io,
): Promise<Plan> {
  try {
    const { id, changes } = await changeParameters(aws, stack, values, io);
    return changes.length > 0 ? { kind: 'changes', changeSet: id, changes } : { kind: 'nothing' };
  } catch (error) {
    if (!(error instanceof Error) || !/_IN_PROGRESS/.test(error.message)) throw error;
    throw stackBusy(target.stackName, (await describe(aws, target.stackName))?.StackStatus ?? 'changed meanwhile');
  }
}

/** Takes back a plan that is not executed after all. */
export async function discardPlan(aws: Aws, target: Target, changeSet: string): Promise<void> {
  await removeChangeSet(aws, changeSet);
  await removeEmptyStack(aws, target.stackName);
}

/** A change set for a new stack makes an empty shell of one: it goes too, unless somebody else has a change set in it. */
async function removeEmptyStack(aws: Aws, stackName: string): Promise<void> {
  const stack = await describe({ ...aws, signal: new AbortController().signal }, stackName);
  if (stack?.StackStatus !== 'REVIEW_IN_PROGRESS' || (await listChangeSets(aws, stackName)).length > 0) return;
  await aws.cloudFormation.send(new DeleteStackCommand({ StackName: stackName }));
}

/** @throws ToolError TEMPLATE_INVALID with what cfn-lint found */
export async function validateTemplate(root: string, template: string, region: string, io: Io): Promise<void> {
  const ran = await runSam(
    argv.validate({ template }),
    { cwd: root, show: 'nothing', env: { AWS_DEFAULT_REGION: region } },
    io,
  );
  if (ran.kind === 'ok') return;
  io.stderr.write(ran.stdout + ran.stderr);
  throw new ToolError('TEMPLATE_INVALID', { what: '`sam validate --lint` refuses the template.', where: template });
}
