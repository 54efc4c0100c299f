import { DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { ToolError } from '../../generator/errors.ts';
import type { Target } from '../stage.ts';
import { call, type Aws } from './clients.ts';

/** What can be done with a stack. `status` is CloudFormation's own word. */
export type StackState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'ready'; readonly status: string; readonly stack: Stack }
  | { readonly kind: 'busy'; readonly status: string; readonly stack: Stack }
  | { readonly kind: 'broken'; readonly status: string; readonly stack: Stack; readonly mend: Mend };

/** How a broken stack is mended: by deleting it, by going on with its rollback, or by rolling it back. */
export type Mend = 'delete' | 'force-delete' | 'continue-rollback' | 'rollback';

type Kind = { readonly kind: 'absent' | 'ready' | 'busy' } | { readonly kind: 'broken'; readonly mend: Mend };

const READY = { kind: 'ready' } as const;
const BUSY = { kind: 'busy' } as const;
const ABSENT = { kind: 'absent' } as const;
const broken = (mend: Mend): Kind => ({ kind: 'broken', mend });

/** All of CloudFormation's stack statuses. REVIEW_IN_PROGRESS is a name with change sets and no resource yet. */
export const STATUSES: Readonly<Record<string, Kind>> = {
  CREATE_COMPLETE: READY,
  UPDATE_COMPLETE: READY,
  UPDATE_ROLLBACK_COMPLETE: READY,
  IMPORT_COMPLETE: READY,
  IMPORT_ROLLBACK_COMPLETE: READY,
  CREATE_IN_PROGRESS: BUSY,
  ROLLBACK_IN_PROGRESS: BUSY,
  DELETE_IN_PROGRESS: BUSY,
  UPDATE_IN_PROGRESS: BUSY,
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: BUSY,
  UPDATE_ROLLBACK_IN_PROGRESS: BUSY,
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: BUSY,
  IMPORT_IN_PROGRESS: BUSY,
  IMPORT_ROLLBACK_IN_PROGRESS: BUSY,
  REVIEW_IN_PROGRESS: ABSENT,
  DELETE_COMPLETE: ABSENT,
  CREATE_FAILED: broken('delete'),
  ROLLBACK_COMPLETE: broken('delete'),
  ROLLBACK_FAILED: broken('delete'),
  DELETE_FAILED: broken('force-delete'),
  UPDATE_ROLLBACK_FAILED: broken('continue-rollback'),
  IMPORT_ROLLBACK_FAILED: broken('continue-rollback'),
  UPDATE_FAILED: broken('rollback'),
};

/** The state of a stack as CloudFormation describes it; a status that we do not know counts as busy, never as ready. */
export function stateOf(stack: Stack | undefined): StackState {
  if (stack === undefined) return ABSENT;
  const status = stack.StackStatus ?? '';
  const known = STATUSES[status] ?? BUSY;
  switch (known.kind) {
    case 'absent':
      return ABSENT;
    case 'broken':
      return { ...known, status, stack };
    default:
      return { kind: known.kind, status, stack };
  }
}

/** Asks CloudFormation. */
export async function readStack(aws: Aws, stackName: string): Promise<StackState> {
  return stateOf(await describe(aws, stackName));
}

/** The stack as it is described, or undefined where there is none of that name. */
export async function describe(aws: Aws, stackName: string): Promise<Stack | undefined> {
  try {
    const { Stacks } = await call(aws, (options) =>
      aws.cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }), options),
    );
    return Stacks?.[0];
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message))
      return undefined;
    throw error;
  }
}

/** What a stack tells. */
export const outputsOf = (stack: Stack | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));

/** What a stack says by that name. */
export const outputOf = (stack: Stack | undefined, key: string): string | undefined => outputsOf(stack)[key];

const COMMANDS: Readonly<Record<Mend, (stack: string, region: string) => string>> = {
  delete: (stack, region) => `aws cloudformation delete-stack --stack-name ${stack} --region ${region}`,
  'force-delete': (stack, region) =>
    `aws cloudformation delete-stack --stack-name ${stack} --region ${region} --deletion-mode FORCE_DELETE_STACK`,
  'continue-rollback': (stack, region) =>
    `aws cloudformation continue-update-rollback --stack-name ${stack} --region ${region}`,
  rollback: (stack, region) => `aws cloudformation rollback-stack --stack-name ${stack} --region ${region}`,
};

/** The exact command that brings a broken stack back to where it can be deployed. */
export const mendCommand = (mend: Mend, stackName: string, region: string): string => COMMANDS[mend](stackName, region);

/**
 * Lets a deployment go on only where the stack is ready or absent. Nothing is mended or deleted here.
 *
 * @throws ToolError STACK_BUSY | STACK_BROKEN
 */
export function checkDeployable(
  state: StackState,
  target: Pick<Target, 'stackName'> & Partial<Pick<Target, 'stage'>>,
  region: string,
): void {
  if (state.kind === 'busy') throw stackBusy(target.stackName, state.status);
  if (state.kind !== 'broken') return;
  const byUs =
    state.mend === 'delete' && target.stage !== undefined ? `   (or onnx-lambda destroy --stage ${target.stage})` : '';
  throw new ToolError('STACK_BROKEN', {
    what: `The stack ${target.stackName} is ${state.status}: it can't be deployed before it is mended.`,
    where: state.stack.StackStatusReason ?? target.stackName,
    next: `${mendCommand(state.mend, target.stackName, region)}${byUs}`,
  });
}

export const stackBusy = (stackName: string, status: string): ToolError =>
  new ToolError('STACK_BUSY', {
    what: `Another deployment is under way: the stack ${stackName} is ${status}.`,
    where: stackName,
    next: 'onnx-lambda status   (wait until it is done, then the command again)',
  });

/** A name that a call gives may be another stage's. @throws ToolError USAGE */
export function checkStage(state: StackState, { stackName, stage }: Pick<Target, 'stackName' | 'stage'>): void {
  if (state.kind === 'absent') return;
  const other = state.stack.Parameters?.find(({ ParameterKey }) => ParameterKey === 'Stage')?.ParameterValue;
  if (other === undefined || other === stage) return;
  throw new ToolError('USAGE', {
    what: `The stack ${stackName} is of stage ${other}.`,
    where: stackName,
    expected: `a name of its own for ${stage}`,
  });
}
