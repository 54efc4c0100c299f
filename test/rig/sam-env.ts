import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { RIG } from './paths.ts';

/**
 * The environment in which tests start `sam` and our own bins that start it: the rig's SAM CLI first on PATH, credentials that
 * open nothing, no telemetry, and no pulling of images that no registry serves here.
 *
 * @param more what else to set, e.g. `standIn.env` to send every AWS call to the stand-in
 */
export function samEnv(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const ours = `${RIG}sam/bin`;
  const path = process.env['PATH'] ?? '';
  return {
    ...process.env,
    PATH: existsSync(`${ours}/sam`) ? `${ours}${delimiter}${path}` : path,
    SAM_CLI_TELEMETRY: '0',
    SAM_SKIP_PULL_IMAGE: '1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    // `sam local` asks AWS for the account, and waits long for no answer: a closed port answers at once.
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_MAX_ATTEMPTS: '1',
    ...more,
  };
}
