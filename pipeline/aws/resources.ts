import { paginateListStackResources, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { call, type Aws } from './clients.ts';

/** Every resource of a stack, all pages; none where there is no stack. */
export async function listResources(aws: Aws, stackName: string): Promise<StackResourceSummary[]> {
  return call(aws, async (options) => {
    const found: StackResourceSummary[] = [];
    const pages = paginateListStackResources({ client: aws.cloudFormation }, { StackName: stackName }, options);
    for await (const page of pages) found.push(...(page.StackResourceSummaries ?? []));
    return found;
  });
}

/** Physical ids of the resources of one type that are there. */
export const idsOf = (resources: readonly StackResourceSummary[], type: string): string[] =>
  resources
    .filter(({ ResourceType, ResourceStatus }) => ResourceType === type && ResourceStatus !== 'DELETE_COMPLETE')
    .flatMap(({ PhysicalResourceId }) => PhysicalResourceId ?? []);
