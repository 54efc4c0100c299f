import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWith } from '../rig/need.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';
import { codeIn, lookInto, printed, tool, type Running } from './run.ts';
import { sampleProject, type Sample } from './sample-project.ts';

// Real builds and deployments: seconds alone, minutes on a machine that does much else.
jest.setTimeout(4 * 60_000);

/** Five minutes of canary become twelve seconds: long enough to be met by another deployment. */
const CANARY_SCALE = 0.04;

describeWith(['sam', 'stand-in'], 'three stages by the real SAM CLI', () => {
  let aws: StandIn;
  let sample: Sample;
  let inside: ReturnType<typeof lookInto>;
  beforeAll(async () => {
    aws = await startStandIn({ canaryScale: CANARY_SCALE });
    inside = lookInto(aws);
    sample = sampleProject();
  });
  afterAll(async () => {
    await aws.stop();
    rmSync(sample.root, { recursive: true, force: true });
  });
  const run = (...args: string[]): Running => tool(sample.root, args, aws.env);

  test('before anything is deployed, all three are absent', async () => {
    const { stdout, exitCode } = await run('status', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(String(stdout))).toMatchObject({
      stages: { dev: { kind: 'absent' }, stage: { kind: 'absent' }, prod: { kind: 'absent' } },
    });
  });

  test('dev and stage are deployed and tried out; stdout has the outputs alone', async () => {
    for (const stage of ['dev', 'stage']) {
      const { stdout, stderr, exitCode } = await run('deploy', '--stage', stage);
      expect({ exitCode, code: codeIn(stderr) }).toEqual({ exitCode: 0, code: undefined });
      expect(JSON.parse(String(stdout))).toMatchObject({ ApiUrl: expect.stringContaining(`/${stage}`) as unknown });
      expect(stderr).toContain('one.png is answered as expected');
      expect(await inside.status(`sample-${stage}`)).toBe('CREATE_COMPLETE');
    }
  });

  test('prod is asked about: nobody there is 2 and touches nothing, --yes deploys', async () => {
    const refused = await run('deploy', '--stage', 'prod');
    expect([refused.exitCode, codeIn(refused.stderr)]).toEqual([2, 'ANSWERS_MISSING']);
    expect(await inside.status('sample-prod')).toBeUndefined();
    const deployed = await run('deploy', '--stage', 'prod', '--yes');
    expect(deployed.exitCode).toBe(0);
    expect(await inside.status('sample-prod')).toBe('CREATE_COMPLETE');
  });

  test('nothing to change is 0, says so, and leaves no change set', async () => {
    const { stdout, stderr, exitCode } = await run('deploy', '--stage', 'dev');
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(stderr).toContain('No changes');
    expect(await inside.changeSets('sample-dev')).toBe(0);
  });

  test('while a canary is on its way: a second deployment is 6, Ctrl-C is 130 and tells the state', async () => {
    sample.touch('two');
    const first = run('deploy', '--stage', 'prod', '--yes');
    await printed(first, 'Deploying sample-prod');
    const second = await run('deploy', '--stage', 'prod', '--yes');
    expect([second.exitCode, codeIn(second.stderr)]).toEqual([6, 'STACK_BUSY']);
    const destroyed = await run('destroy', '--stage', 'prod', '--yes');
    expect([destroyed.exitCode, codeIn(destroyed.stderr)]).toEqual([6, 'STACK_BUSY']);

    first.kill('SIGINT');
    const cancelled = await first;
    expect([cancelled.exitCode, codeIn(cancelled.stderr)]).toEqual([130, 'CANCELLED']);
    expect(cancelled.stderr).toMatch(/CANCELLED: .*sample-prod is UPDATE_IN_PROGRESS/);
    while ((await inside.status('sample-prod'))?.endsWith('IN_PROGRESS')) await sleep(500);
    expect(await inside.status('sample-prod')).toBe('UPDATE_COMPLETE');
    expect(aws.deployments().at(-1)).toMatchObject({ status: 'Succeeded', weights: [0.1, 1] });
  });

  test('an alarm stops a canary: 1 with the alarm as the cause, and the old version serves on', async () => {
    const alarm = await inside.physicalId('sample-prod', 'ErrorsAlarm');
    sample.touch('three');
    const running = run('deploy', '--stage', 'prod', '--yes');
    while (aws.deployments().at(-1)?.weights.at(-1) !== 0.1) await sleep(100);
    await inside.setAlarm(alarm);
    const { stderr, exitCode } = await running;
    expect([exitCode, codeIn(stderr)]).toEqual([1, 'DEPLOY_FAILED']);
    expect(stderr).toMatch(/DEPLOY_FAILED: .*alarms have been activated/);
    expect(await inside.status('sample-prod')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(aws.deployments().at(-1)).toMatchObject({ status: 'Failed', weights: [0.1] });
  });

  test('Ctrl-C before the change set is executed leaves none behind', async () => {
    sample.touch('four');
    const running = run('deploy', '--stage', 'stage');
    await printed(running, 'Initiating deployment');
    running.kill('SIGINT');
    const { exitCode, stderr } = await running;
    expect([exitCode, codeIn(stderr)]).toEqual([130, 'CANCELLED']);
    expect(await inside.changeSets('sample-stage')).toBe(0);
    expect(await inside.status('sample-stage')).toBe('CREATE_COMPLETE');
  });

  test('an update that fails is rolled back, and the first cause is told', async () => {
    aws.failOn([{ resource: 'Function', on: 'update', reason: 'no such subnet' }]);
    sample.touch('five');
    const { stderr, exitCode } = await run('deploy', '--stage', 'dev');
    expect([exitCode, codeIn(stderr)]).toEqual([1, 'DEPLOY_FAILED']);
    expect(stderr).toMatch(/DEPLOY_FAILED: .*no such subnet/);
    expect(stderr).toMatch(/where: +Function \(AWS::Lambda::Function, UPDATE_FAILED\)/);
    expect(await inside.status('sample-dev')).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('an answer that is not the expected one is a failed smoke test', async () => {
    const wrong = { className: 'zero', probability: 0.75 };
    const expected = { version: 1, tolerance: 0.00001, fixtures: { 'one.png': { predictions: [wrong] } } };
    sample.write('fixtures/expected.json', JSON.stringify(expected));
    sample.touch('six');
    const { stdout, stderr, exitCode } = await run('deploy', '--stage', 'dev');
    expect([exitCode, codeIn(stderr), stdout]).toEqual([1, 'SMOKE_TEST_FAILED', '']);
  });

  test('status shows the three side by side', async () => {
    const { stdout, stderr, exitCode } = await run('status');
    expect([exitCode, stdout]).toEqual([0, '']);
    for (const stage of ['dev', 'stage', 'prod']) expect(stderr).toContain(`sample-${stage}`);
    expect(stderr).toContain('UPDATE_ROLLBACK_COMPLETE');
  });

  test('destroy asks, removes what was made, keeps the shared bucket while others use it, and leaves nothing in the end', async () => {
    const asked = await run('destroy', '--stage', 'dev');
    expect([asked.exitCode, codeIn(asked.stderr)]).toEqual([2, 'ANSWERS_MISSING']);
    expect(await inside.status('sample-dev')).toBeDefined();
    for (const stage of ['dev', 'stage']) {
      expect((await run('destroy', '--stage', stage, '--yes')).exitCode).toBe(0);
      expect(await inside.status(`sample-${stage}`)).toBeUndefined();
      expect(await inside.status('aws-sam-cli-managed-default')).toBe('CREATE_COMPLETE');
    }
    expect((await run('destroy', '--stage', 'prod', '--yes')).exitCode).toBe(0);
    expect(await inside.status('aws-sam-cli-managed-default')).toBeUndefined();
    const buckets = await fetch(aws.endpoint, {
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request' },
    });
    expect(await buckets.text()).not.toContain('<Bucket>');
    const again = await run('destroy', '--stage', 'prod', '--yes');
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toContain('already absent');
  });
});
