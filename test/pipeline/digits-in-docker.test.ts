import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventOf } from '../../harness/fixture-files.ts';
import { compareAnswer, readExpected } from '../../harness/fixtures.ts';
import { createDigits } from '../rig/digits.ts';
import { describeWith } from '../rig/need.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';
import { codeIn, lookInto, tool, type Running } from './run.ts';

const MINUTES = 60_000;

describeWith(['sam', 'docker', 'stand-in'], 'the digits service, deployed and really answering', () => {
  let aws: StandIn;
  let root: string;
  beforeAll(async () => {
    aws = await startStandIn({ executor: 'docker' });
    root = join(mkdtempSync(join(tmpdir(), 'onnx-lambda-')), 'digits');
    await createDigits(root);
  }, 2 * MINUTES);
  afterAll(async () => {
    await aws.stop();
    rmSync(root, { recursive: true, force: true });
  });
  const run = (...args: string[]): Running => tool(root, args, aws.env);

  test(
    'each stage is deployed, and its function answers a picture through both layers as the model does',
    async () => {
      for (const stage of ['dev', 'stage', 'prod']) {
        const { stdout, stderr, exitCode } = await run('deploy', '--stage', stage, '--yes');
        expect({ exitCode, code: codeIn(stderr) }).toEqual({ exitCode: 0, code: undefined });
        expect(stderr).toContain('is answered as expected');
        expect(JSON.parse(String(stdout))).toHaveProperty('ApiUrl');
      }
      const { stdout } = await run('status', '--json');
      expect(JSON.parse(String(stdout))).toMatchObject({
        stages: Object.fromEntries(
          ['dev', 'stage', 'prod'].map((stage) => [
            stage,
            { kind: 'ready', alias: 'live', functionVersion: '1', modelVersion: '1' },
          ]),
        ),
      });
    },
    6 * MINUTES,
  );

  test(
    'built anew from the same sources, there is nothing to change',
    async () => {
      rmSync(join(root, '.aws-sam'), { recursive: true });
      const { stderr, exitCode } = await run('deploy', '--stage', 'dev');
      expect({ exitCode, code: codeIn(stderr) }).toEqual({ exitCode: 0, code: undefined });
      expect(stderr).toContain('No changes');
    },
    3 * MINUTES,
  );

  test(
    'every fixture through the deployed API, for those who have credentials',
    async () => {
      const api = await lookInto(aws).physicalId('digits-dev', 'Api');
      const url = `${aws.endpoint}/restapis/${api}/dev/_user_request_`;
      expect((await fetch(`${url}/health`)).status).toBe(403);
      const authorization =
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=x';
      const { fixtures, tolerance } = readExpected(root);
      for (const [fixture, { path, response: wanted }] of Object.entries(fixtures)) {
        const response = await fetch(`${url}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json', authorization },
          body: eventOf(join(root, 'fixtures', fixture)),
        });
        expect(compareAnswer(wanted, await response.json(), tolerance)).toMatchObject({ kind: 'same' });
      }
    },
    2 * MINUTES,
  );

  test(
    'a model that answers differently fails the smoke test, and says what was expected',
    async () => {
      const file = join(root, 'model/labels.txt');
      const labels = readFileSync(file, 'utf8').trimEnd().split('\n').reverse();
      writeFileSync(file, `${labels.join('\n')}\n`);
      const { stderr, exitCode } = await run('deploy', '--stage', 'dev');
      expect([exitCode, codeIn(stderr)]).toEqual([1, 'SMOKE_TEST_FAILED']);
    },
    3 * MINUTES,
  );

  test(
    'destroy leaves nothing of it',
    async () => {
      for (const stage of ['dev', 'stage', 'prod']) {
        const { exitCode, stderr } = await run('destroy', '--stage', stage, '--yes');
        expect([exitCode, codeIn(stderr)]).toEqual([0, undefined]);
        expect(await lookInto(aws).status(`digits-${stage}`)).toBeUndefined();
      }
      expect(await lookInto(aws).status('aws-sam-cli-managed-default')).toBeUndefined();
    },
    2 * MINUTES,
  );
});
