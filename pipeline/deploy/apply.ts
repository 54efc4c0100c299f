import { ExecuteChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { randomUUID } from 'node:crypto';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import { call, type Aws } from '../aws/clients.ts';
import { rootCause } from '../aws/events.ts';
import { describe, mendCommand, outputsOf, stackBusy, stateOf } from '../aws/stack-state.ts';
import { marker, watch } from '../aws/watch.ts';
import { startProgress } from '../print/progress.ts';
import type { Target } from '../stage.ts';

/** What only a deployment makes. */
export interface Deployed {
  readonly stackId: string;
  readonly outputs: Readonly<Record<string, string>>;
}

const READY = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']);

/** A deployment that CloudFormation has taken on. */
export interface Started {
  readonly stackId: string;
  /** Event of the stack after which this deployment's own events come. */
  readonly after: string | undefined;
}

/** Hands a change set to CloudFormation. @throws ToolError STACK_BUSY where another deployment was faster */
export async function startPlan(aws: Aws, target: Target, changeSet: string): Promise<Started> {
  const stackId = (await describe(aws, target.stackName))?.StackId ?? target.stackName;
  const after = await marker(aws, stackId);
  await execute(aws, target, changeSet);
  return { stackId, after };
}

/**
 * Follows a deployment to its end.
 *
 * @throws ToolError DEPLOY_FAILED with the first cause | CANCELLED with the state of the stack
 */
export async function followPlan(
  aws: Aws,
  target: Target,
  { stackId, after }: Started,
  count: number,
  io: Io,
): Promise<Deployed> {
  const progress = startProgress(`Deploying ${target.stackName}`, count, io);
  try {
    const { status, events } = await watch(aws, stackId, after, progress, io);
    progress.stop();
    if (!READY.has(status)) throw deployFailed(target, aws.region, status, rootCause(events));
  } catch (error) {
    progress.stop();
    throw io.signal.aborted ? await cancelledMidway(aws, target) : error;
  }
  return { stackId, outputs: outputsOf(await describe(aws, stackId)) };
}

async function execute(aws: Aws, target: Target, changeSet: string): Promise<void> {
  const command = new ExecuteChangeSetCommand({ ChangeSetName: changeSet, ClientRequestToken: randomUUID() });
  try {
    await call(aws, (options) => aws.cloudFormation.send(command, options));
  } catch (error) {
    if (
      error instanceof Error &&
      /InvalidChangeSetStatus|_IN_PROGRESS|OBSOLETE|ChangeSetNotFound/.test(`${error.name} ${error.message}`)
    ) {
      throw stackBusy(target.stackName, (await describe(aws, target.stackName))?.StackStatus ?? 'changed meanwhile');
    }
    throw error;
  }
}

function deployFailed(target: Target, region: string, status: string, cause: ReturnType<typeof rootCause>): ToolError {
  const state = stateOf({
    StackName: target.stackName,
    CreationTime: new Date(),
    StackStatus: status as 'ROLLBACK_COMPLETE',
  });
  return new ToolError('DEPLOY_FAILED', {
    what: cause?.reason ?? `The stack ended as ${status}.`,
    where: `${cause ? `${cause.resource} (${cause.type}, ${cause.status}); ` : ''}stack ${target.stackName} is ${status}`,
    next:
      state.kind === 'broken'
        ? `fix it, then ${mendCommand(state.mend, target.stackName, region)}, then deploy again`
        : 'what was deployed before is back in place; fix it and deploy again',
  });
}

/** Ctrl-C ends our watching, not the deployment: say where the stack stands. */
async function cancelledMidway(aws: Aws, target: Target): Promise<ToolError> {
  const stack = await describe({ ...aws, signal: new AbortController().signal }, target.stackName).catch(
    () => undefined,
  );
  const status = stack?.StackStatus ?? 'unknown';
  return new ToolError('CANCELLED', {
    what: `Cancelled. The stack ${target.stackName} is ${status}; CloudFormation goes on without us.`,
    where: target.stackName,
    next:
      status === 'UPDATE_IN_PROGRESS'
        ? `aws cloudformation cancel-update-stack --stack-name ${target.stackName} --region ${aws.region}   (rolls back), or onnx-lambda status`
        : 'onnx-lambda status',
  });
}
