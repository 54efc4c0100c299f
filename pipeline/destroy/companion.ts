import { DeleteRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { createHash } from 'node:crypto';
import { call, type Aws } from '../aws/clients.ts';
import { idsOf, listResources } from '../aws/resources.ts';
import { readStack } from '../aws/stack-state.ts';

/** The stack with repositories that SAM makes for images where nobody names one. */
export interface Companion {
  readonly stackName: string;
  readonly repositories: readonly string[];
}

/** Its name, as SAM makes it. */
export function companionOf(stackName: string): string {
  const hash = createHash('md5').update(stackName).digest('hex').slice(0, 8);
  return `${stackName.slice(0, 104)}-${hash}-CompanionStack`;
}

/** Looks for it; undefined where SAM made none. */
export async function findCompanion(aws: Aws, stackName: string): Promise<Companion | undefined> {
  const name = companionOf(stackName);
  if ((await readStack(aws, name)).kind === 'absent') return undefined;
  return { stackName: name, repositories: idsOf(await listResources(aws, name), 'AWS::ECR::Repository') };
}

/** Removes its repositories with the images in them: CloudFormation would keep those. */
export async function emptyCompanion(aws: Aws, { repositories }: Companion): Promise<void> {
  const ecr = new ECRClient({ region: aws.region });
  for (const repositoryName of repositories) {
    const command = new DeleteRepositoryCommand({ repositoryName, force: true });
    await call(aws, (options) => ecr.send(command, options)).catch((error: unknown) => {
      if (!(error instanceof Error && error.name === 'RepositoryNotFoundException')) throw error;
    });
  }
}
