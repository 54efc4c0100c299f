import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWith } from './need.ts';
import { startStandIn, type StandIn } from './stand-in.ts';

describeWith('stand-in', 'the stand-in for AWS', () => {
  let aws: StandIn;
  beforeAll(async () => {
    aws = await startStandIn();
  });
  afterAll(() => aws.stop());

  test('answers for AWS services on loopback, with no deployments yet', async () => {
    const body = new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' });
    const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request' };
    const response = await fetch(aws.endpoint, { method: 'POST', body, headers });
    expect(await response.text()).toMatch(/<Account>\d{12}<\/Account>/);
    expect(aws.deployments()).toEqual([]);
  });

  test('two of them run side by side, and one that was stopped is gone', async () => {
    const other = await startStandIn();
    expect(other.endpoint).not.toBe(aws.endpoint);
    await other.stop();
    await expect(fetch(other.endpoint)).rejects.toThrow();
    expect((await fetch(`${aws.endpoint}/_ministack/health`)).status).toBe(200);
  });
});
