import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';
import { prepareLocal } from '../local/call.ts';
import * as argv from '../sam/argv.ts';
import { diagnoseSam } from '../sam/diagnose.ts';
import { runSam } from '../sam/run.ts';

export interface StartSamOptions {
  readonly port?: string;
  readonly host?: string;
  readonly stage?: string;
}

/** `onnx-lambda start --sam`: the API through `sam local start-api`, until Ctrl-C. */
export const startSam: Command<StartSamOptions> = async ({ port = '3000', host = '127.0.0.1', stage = 'dev' }, io) => {
  const number = parsePort(port);
  const { project, ...call } = await prepareLocal(stage, io);
  const args = argv.localStartApi({ ...call, host, port: number });
  const ran = await runSam(args, { cwd: project.root, show: 'all' }, io);
  if (ran.kind === 'ok') return 0;
  throw diagnoseSam(ran.stderr + ran.stdout, 'SAM_FAILED', '`sam local start-api` ended.');
};

/** @throws ToolError USAGE */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port;
  throw new ToolError('USAGE', {
    what: `"${text}" is no port that \`sam local start-api\` can listen on.`,
    where: '--port',
    expected: 'a number from 1 to 65535, e.g. 3000',
  });
}
