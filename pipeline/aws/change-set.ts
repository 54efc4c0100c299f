import {
  DeleteChangeSetCommand,
  paginateDescribeChangeSet,
  paginateListChangeSets,
  type Change,
  type ChangeSetSummary,
} from '@aws-sdk/client-cloudformation';
import { call, type Aws } from './clients.ts';

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
