import { paginateDescribeStackEvents, type StackEvent } from '@aws-sdk/client-cloudformation';
import { call, type Aws } from './clients.ts';

/** Events of a stack after the one with the id `after`, oldest first; all of them where it is undefined. */
export async function eventsSince(aws: Aws, stack: string, after: string | undefined): Promise<StackEvent[]> {
  return call(aws, async (options) => {
    const found: StackEvent[] = [];
    for await (const page of paginateDescribeStackEvents({ client: aws.cloudFormation }, { StackName: stack }, options))
      for (const event of page.StackEvents ?? []) {
        if (event.EventId === after) return found.reverse();
        found.push(event);
      }
    return found.reverse();
  });
}

/** Reasons that only say that something else failed. */
const ECHOES = [
  /^Resource (creation|update|deletion) cancelled/i,
  /^The following resource\(s\) failed/i,
  /^User Initiated$/i,
];

export interface RootCause {
  readonly resource: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
}

/**
 * The first failure of a deployment that is a cause and no echo of another.
 *
 * @param events oldest first, of this deployment only
 */
export function rootCause(events: readonly StackEvent[]): RootCause | undefined {
  const failed = events.filter((event) => event.ResourceStatus?.endsWith('_FAILED'));
  const causes = failed.filter((event) => !ECHOES.some((echo) => echo.test(event.ResourceStatusReason ?? '')));
  const ofResource = causes.find((event) => event.PhysicalResourceId !== event.StackId);
  const event = ofResource ?? causes[0] ?? failed[0] ?? events.find((each) => /ROLLBACK_IN_PROGRESS/.test(each.ResourceStatus ?? '')); // prettier-ignore
  if (!event) return undefined;
  return {
    resource: event.LogicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    reason: event.ResourceStatusReason ?? 'no reason given',
  };
}
