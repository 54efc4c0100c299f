import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '../rig/need.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';
import { codeIn, lookInto, tool } from './run.ts';
import { sampleProject, type Sample } from './sample-project.ts';

// Real builds and deployments: seconds alone, minutes on a machine that does much else.
jest.setTimeout(4 * 60_000);

/** An STS that answers as AWS documents it for a session that is over; the stand-in knows no expiry. */
const EXPIRED = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>ExpiredToken</Code>
<Message>The security token included in the request is expired</Message></Error><RequestId>1</RequestId></ErrorResponse>`;

describeWith(['sam', 'stand-in'], 'what is refused before anything is built or uploaded', () => {
  let aws: StandIn;
  let sample: Sample;
  let sts: Server;
  beforeAll(async () => {
    aws = await startStandIn();
    sample = sampleProject({ name: 'picky', stages: { prod: { auth: 'iam', account: '111122223333' } } });
    sts = createServer((_, response) => response.writeHead(403, { 'content-type': 'text/xml' }).end(EXPIRED));
    await new Promise<void>((resolve) => sts.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    sts.close();
    await aws.stop();
    rmSync(sample.root, { recursive: true, force: true });
  });
  const refused = async (args: string[], env: Record<string, string> = {}): Promise<unknown> => {
    const { exitCode, stdout, stderr } = await tool(sample.root, args, { ...aws.env, ...env });
    expect(stdout).toBe('');
    expect(existsSync(join(sample.root, '.aws-sam'))).toBe(false);
    expect(await lookInto(aws).status('aws-sam-cli-managed-default')).toBeUndefined();
    return [exitCode, codeIn(stderr)];
  };
  const deploy = ['deploy', '--stage', 'dev'];

  test('an unknown stage: 2', async () => {
    for (const command of ['deploy', 'destroy']) {
      expect(await refused([command, '--stage', 'production', '--yes'])).toEqual([2, 'STAGE_UNKNOWN']);
    }
  });

  test('a folder without a project: 2', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'onnx-lambda-'));
    const { exitCode, stderr } = await tool(folder, deploy, aws.env);
    expect([exitCode, codeIn(stderr)]).toEqual([2, 'NOT_A_PROJECT']);
    rmSync(folder, { recursive: true });
  });

  test('no sam: 3', async () => {
    const ran = await refused(deploy, { ONNX_LAMBDA_SAM: '/nowhere/sam' });
    expect(ran).toEqual([3, 'SAM_MISSING']);
    expect(await refused(['build'], { ONNX_LAMBDA_SAM: '/nowhere/sam' })).toEqual([3, 'SAM_MISSING']);
  });

  test('something else that is called sam: 3', async () => {
    expect(await refused(deploy, { ONNX_LAMBDA_SAM: '/bin/true' })).toEqual([3, 'SAM_MISSING']);
  });

  test('expired credentials: 5', async () => {
    const { port } = sts.address() as AddressInfo;
    expect(await refused(deploy, { AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${port}` })).toEqual([
      5,
      'CREDENTIALS_EXPIRED',
    ]);
  });

  test('no credentials at all: 5', async () => {
    const none = {
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      HOME: '/nowhere',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    expect(await refused(deploy, none)).toEqual([5, 'CREDENTIALS_MISSING']);
    expect(await refused(['status'], none)).toEqual([5, undefined]);
  });

  test('AWS out of reach: 3', async () => {
    const nowhere = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' };
    expect(await refused(deploy, nowhere)).toEqual([3, 'AWS_UNREACHABLE']);
  });

  test('the wrong account for the stage: 3, and status says so in its column alone', async () => {
    expect(await refused(['deploy', '--stage', 'prod', '--yes'])).toEqual([3, 'ACCOUNT_WRONG']);
    expect(await refused(['destroy', '--stage', 'prod', '--yes'])).toEqual([3, 'ACCOUNT_WRONG']);
    const { stdout, exitCode } = await tool(sample.root, ['status', '--json'], aws.env);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      stages: { dev: { kind: 'absent' }, prod: { kind: 'unreadable', code: 'ACCOUNT_WRONG' } },
    });
  });

  test('no region anywhere: 3', async () => {
    const none = { AWS_REGION: '', AWS_DEFAULT_REGION: '', HOME: '/nowhere', AWS_PROFILE: '' };
    expect(await refused(deploy, none)).toEqual([3, 'REGION_MISSING']);
  });

  test('no container engine: 3', async () => {
    const none = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
    expect(await refused(['invoke', 'one.png', '--sam'], none)).toEqual([3, 'DOCKER_MISSING']);
    expect(await refused(['start', '--port', '0', '--sam'], none)).toEqual([3, 'DOCKER_MISSING']);
  });

  test('a template over the limits, and one that cfn-lint refuses: 2', async () => {
    const good = sampleProject({ name: 'picky', folder: mkdtempSync(join(tmpdir(), 'onnx-lambda-')) });
    const text = readFileSync(join(good.root, 'template.yaml'), 'utf8');
    for (const [from, to] of [
      ['Timeout: 20', 'Timeout: 901'],
      ['RetentionInDays: 14', 'RetentionInDays: soon'],
    ] as const) {
      good.write('template.yaml', text.replace(from, to));
      const { exitCode, stderr } = await tool(good.root, deploy, aws.env);
      expect([exitCode, codeIn(stderr)]).toEqual([2, 'TEMPLATE_INVALID']);
      expect(existsSync(join(good.root, '.aws-sam'))).toBe(false);
    }
    rmSync(good.root, { recursive: true });
  });
});

describeWith(['sam', 'stand-in'], 'a stack that could not be created', () => {
  let aws: StandIn;
  let sample: Sample;
  beforeAll(async () => {
    aws = await startStandIn();
    sample = sampleProject({ name: 'unlucky' });
  });
  afterAll(async () => {
    await aws.stop();
    rmSync(sample.root, { recursive: true, force: true });
  });

  test('1 with the cause and what mends it; then 4 with the same command, nothing deleted; destroy mends it', async () => {
    aws.failOn([{ resource: 'ErrorsAlarm', reason: 'the metric is not yours' }]);
    const mends = 'aws cloudformation delete-stack --stack-name unlucky-dev --region us-east-1';
    const failed = await tool(sample.root, ['deploy', '--stage', 'dev'], aws.env);
    expect([failed.exitCode, codeIn(failed.stderr)]).toEqual([1, 'DEPLOY_FAILED']);
    expect(failed.stderr).toMatch(/DEPLOY_FAILED: .*the metric is not yours/);
    expect(failed.stderr).toContain(mends);

    const inside = lookInto(aws);
    expect(await inside.status('unlucky-dev')).toBe('ROLLBACK_COMPLETE');
    const again = await tool(sample.root, ['deploy', '--stage', 'dev'], aws.env);
    expect([again.exitCode, codeIn(again.stderr)]).toEqual([4, 'STACK_BROKEN']);
    expect(again.stderr).toContain(mends);
    expect(await inside.status('unlucky-dev')).toBe('ROLLBACK_COMPLETE');

    const { exitCode } = await tool(sample.root, ['destroy', '--stage', 'dev', '--yes'], aws.env);
    expect(exitCode).toBe(0);
    expect(await inside.status('unlucky-dev')).toBeUndefined();
  });
});
