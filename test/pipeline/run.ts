import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListChangeSetsCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { execa } from 'execa';
import { CODES } from '../../generator/errors.ts';
import { ROOT } from '../rig/paths.ts';
import { samEnv } from '../rig/sam-env.ts';
import type { StandIn } from '../rig/stand-in.ts';

/** Starts `onnx-lambda` in a project as a shell would; stdout and stderr apart. */
export const tool = (root: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  execa(process.execPath, [`${ROOT}bin/onnx-lambda.mjs`, ...args], {
    cwd: root,
    env: samEnv(env),
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });

export type Running = ReturnType<typeof tool>;

/** Waits until a run printed something on stderr; fails when it ended without. */
export function printed(running: Running, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = '';
    running.stderr.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes(text)) resolve();
    });
    running.stderr.once('end', () => reject(new Error(`It ended without ${text}:\n${seen}`)));
  });
}

/** The error code that a run printed. */
export const codeIn = (stderr: unknown): string | undefined =>
  [...String(stderr).matchAll(/^([A-Z][A-Z0-9_]+): /gm)].map(([, word = '']) => word).find((word) => word in CODES);

/** Looks into the stand-in behind the tool's back. */
export function lookInto(aws: StandIn): {
  status(stack: string): Promise<string | undefined>;
  changeSets(stack: string): Promise<number>;
  physicalId(stack: string, logicalId: string): Promise<string>;
  setAlarm(name: string): Promise<void>;
} {
  const client = new CloudFormationClient({
    region: 'us-east-1',
    endpoint: aws.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const none = (error: unknown): undefined => {
    if (!/does not exist/.test(String(error))) throw error;
  };
  return {
    async status(stack) {
      const found = await client.send(new DescribeStacksCommand({ StackName: stack })).catch(none);
      return found?.Stacks?.[0]?.StackStatus;
    },
    async changeSets(stack) {
      const found = await client.send(new ListChangeSetsCommand({ StackName: stack })).catch(none);
      const open = (found?.Summaries ?? []).filter(({ ExecutionStatus }) => !ExecutionStatus?.startsWith('EXECUTE'));
      return open.length;
    },
    async physicalId(stack, logicalId) {
      const { StackResourceSummaries = [] } = await client.send(new ListStackResourcesCommand({ StackName: stack }));
      return StackResourceSummaries.find((found) => found.LogicalResourceId === logicalId)?.PhysicalResourceId ?? '';
    },
    async setAlarm(name) {
      const response = await fetch(aws.endpoint, {
        method: 'POST',
        headers: { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/monitoring/aws4_request' },
        body: new URLSearchParams({
          Action: 'SetAlarmState',
          Version: '2010-08-01',
          AlarmName: name,
          StateValue: 'ALARM',
          StateReason: 'test',
        }),
      });
      if (!response.ok) throw new Error(await response.text());
    },
  };
}
