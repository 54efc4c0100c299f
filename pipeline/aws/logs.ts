import { CloudWatchLogsClient, DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { call, type Aws } from './clients.ts';

const client = (aws: Aws): CloudWatchLogsClient => new CloudWatchLogsClient({ region: aws.region });

/** Those of the named log groups that are there. */
export async function existingLogGroups(aws: Aws, names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    [...new Set(names)].map(async (name) => {
      const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
      const { logGroups = [] } = await call(aws, (options) => client(aws).send(command, options));
      return logGroups.some(({ logGroupName }) => logGroupName === name) ? [name] : [];
    }),
  );
  return found.flat();
}

export const deleteLogGroup = (aws: Aws, name: string): Promise<unknown> =>
  call(aws, (options) => client(aws).send(new DeleteLogGroupCommand({ logGroupName: name }), options));
