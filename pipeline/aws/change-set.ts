import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  paginateDescribeChangeSet,
  paginateListChangeSets,
  type Capability,
  type Change,
  type ChangeSetSummary,
  type DescribeChangeSetCommandOutput,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import { call, type Aws } from './clients.ts';
import { pollDelay } from './poll-delay.ts';

/** One line of what a deployment would do. */
export interface PlannedChange {
  readonly action: string;
  readonly resource: string;
  readonly type: string;
  /** `yes` loses what the resource holds; `maybe` is decided while it runs. */
  readonly replaced: 'yes' | 'maybe' | 'no';
}

const REPLACED: Readonly<Record<string, PlannedChange['replaced']>> = { True: 'yes', Conditional: 'maybe' };

/** CloudFormation's changes as lines, those that replace something first, then by name. */
export function plannedChanges(changes: readonly Change[]): PlannedChange[] {
  const order = { yes: 0, maybe: 1, no: 2 };
  return changes
    .flatMap(({ ResourceChange: change }) => change ?? [])
    .map((change) => ({
      action: change.Action ?? '',
      resource: change.LogicalResourceId ?? '',
      type: change.ResourceType ?? '',
      replaced: REPLACED[change.Replacement ?? ''] ?? ('no' as const),
    }))
    .sort((a, b) => order[a.replaced] - order[b.replaced] || a.resource.localeCompare(b.resource));
}

/** Rows for a person: replacements can't be overlooked. */
export function changeRows(changes: readonly PlannedChange[]): string[][] {
  const marks = { yes: '!! REPLACED', maybe: '! maybe replaced', no: '' };
  return changes.map(({ action, resource, type, replaced }) => [action, resource, type, marks[replaced]]);
}

/** What a change set holds, all its pages. */
export async function readChangeSet(aws: Aws, id: string): Promise<PlannedChange[]> {
  return call(aws, async (options) => {
    const changes: Change[] = [];
    const pages = paginateDescribeChangeSet({ client: aws.cloudFormation }, { ChangeSetName: id }, options);
    for await (const page of pages) changes.push(...(page.Changes ?? []));
    return plannedChanges(changes);
  });
}

/** The change sets of a stack; none where there is no stack. Works after Ctrl-C too: it cleans up. */
export async function listChangeSets(aws: Aws, stackName: string): Promise<ChangeSetSummary[]> {
  try {
    const found: ChangeSetSummary[] = [];
    const pages = paginateListChangeSets({ client: aws.cloudFormation }, { StackName: stackName });
    for await (const page of pages) found.push(...(page.Summaries ?? []));
    return found;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return [];
    throw error;
  }
}

/** Removes one change set; one that is gone already is fine. */
export async function removeChangeSet(aws: Aws, id: string): Promise<void> {
  try {
    await aws.cloudFormation.send(new DeleteChangeSetCommand({ ChangeSetName: id }));
  } catch (error) {
    if (!(error instanceof Error) || !/NotFound|does not exist/.test(`${error.name} ${error.message}`)) throw error;
  }
}

/** A change set that CloudFormation is done with; `changes` is empty where nothing would change. */
export interface MadeChangeSet {
  readonly id: string;
  readonly changes: readonly PlannedChange[];
}

/** What a template with roles, transforms and an include needs, where samconfig does not say. */
export const CAPABILITIES = ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'] as const satisfies Capability[];

const UNDER_WAY = new Set(['CREATE_PENDING', 'CREATE_IN_PROGRESS']);

/**
 * Has CloudFormation work out what other values of parameters would change; template and all other parameters stay as they are deployed.
 * One that fails leaves nothing.
 *
 * @throws ToolError DEPLOY_FAILED with CloudFormation's reason
 */
export async function changeParameters(
  aws: Aws,
  stack: Stack,
  values: Readonly<Record<string, string>>,
  io: Io,
): Promise<MadeChangeSet> {
  const Parameters = (stack.Parameters ?? []).map(({ ParameterKey = '' }) =>
    ParameterKey in values
      ? { ParameterKey, ParameterValue: values[ParameterKey] }
      : { ParameterKey, UsePreviousValue: true },
  );
  const command = new CreateChangeSetCommand({
    StackName: stack.StackId,
    ChangeSetName: `onnx-lambda-${randomUUID()}`,
    ChangeSetType: 'UPDATE',
    UsePreviousTemplate: true,
    Parameters,
    Capabilities: stack.Capabilities?.length ? stack.Capabilities : [...CAPABILITIES],
  });
  const { Id: id = '' } = await call(aws, (options) => aws.cloudFormation.send(command, options));
  try {
    const { Status, StatusReason = '' } = await settled(aws, id, io);
    if (Status === 'CREATE_COMPLETE') return { id, changes: await readChangeSet(aws, id) };
    if (!/didn't contain changes|No updates/.test(StatusReason)) {
      throw new ToolError('DEPLOY_FAILED', { what: StatusReason, where: stack.StackName ?? '' });
    }
    await removeChangeSet(aws, id);
    return { id, changes: [] };
  } catch (error) {
    await removeChangeSet(aws, id);
    throw error;
  }
}

async function settled(aws: Aws, id: string, io: Io): Promise<DescribeChangeSetCommandOutput> {
  const command = new DescribeChangeSetCommand({ ChangeSetName: id });
  for (;;) {
    const found = await call(aws, (options) => aws.cloudFormation.send(command, options));
    if (!UNDER_WAY.has(found.Status ?? '')) return found;
    await sleep(pollDelay(io), undefined, { signal: io.signal });
  }
}
