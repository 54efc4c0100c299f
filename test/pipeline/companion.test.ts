import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { DescribeRepositoriesCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { companionOf } from '../../pipeline/destroy/companion.ts';
import { describeWith } from '../rig/need.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';
import { lookInto, tool } from './run.ts';
import { sampleProject, type Sample } from './sample-project.ts';

jest.setTimeout(4 * 60_000);

describeWith('stand-in', 'repositories that SAM made for a stack', () => {
  let aws: StandIn;
  let sample: Sample;
  beforeAll(async () => {
    aws = await startStandIn();
    sample = sampleProject();
  });
  afterAll(async () => {
    await aws.stop();
    rmSync(sample.root, { recursive: true, force: true });
  });

  test('go with it, images and all', async () => {
    const access = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
    const cloudFormation = new CloudFormationClient({ ...access, endpoint: aws.endpoint });
    const ecr = new ECRClient({ ...access, endpoint: aws.endpoint });
    const StackName = companionOf('sample-dev');
    const Resources = { Repo: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'made-by-sam' } } };
    await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
    await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1 }, { StackName });
    await ecr.send(new PutImageCommand({ repositoryName: 'made-by-sam', imageManifest: '{}', imageTag: 'one' }));

    const { exitCode, stderr } = await tool(sample.root, ['destroy', '--stage', 'dev', '--yes'], aws.env);
    expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stderr).toContain('made-by-sam');
    expect(await lookInto(aws).status(StackName)).toBeUndefined();
    expect((await ecr.send(new DescribeRepositoriesCommand({}))).repositories).toEqual([]);
  });
});
