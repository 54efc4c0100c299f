import { ListStackResourcesCommand, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { call, type Aws } from './clients.ts';

/** Every resource of a stack, all pages; none where there is no stack. */
export async function listResources(aws: Aws, stackName: string): Promise<StackResourceSummary[]> {
  const found: StackResourceSummary[] = [];
  let token: string | undefined;
  do {
    const page = await call(aws, (options) =>
      aws.cloudFormation.send(
        new ListStackResourcesCommand({ StackName: stackName, ...(token ? { NextToken: token } : {}) }),
        options,
      ),
    );
    found.push(...(page.StackResourceSummaries ?? []));
    token = page.NextToken;
  } while (token);
  return found;
}

/** Physical ids of the resources of one type that are there. */
export const idsOf = (resources: readonly StackResourceSummary[], type: string): string[] =>
  resources
    .filter(({ ResourceType, ResourceStatus }) => ResourceType === type && ResourceStatus !== 'DELETE_COMPLETE')
    .flatMap(({ PhysicalResourceId }) => PhysicalResourceId ?? []);
