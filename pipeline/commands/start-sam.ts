import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';
import type { StartOptions } from '../../harness/commands/start.ts';
import { nothingToServe } from '../../harness/service.ts';
import { openProject } from '../../harness/template/project.ts';
import { prepareLocal } from '../local/call.ts';
import * as argv from '../sam/argv.ts';
import { diagnoseSam } from '../sam/diagnose.ts';
import { runSam } from '../sam/run.ts';

/** The line with which SAM's server says that it listens. */
const LISTENS = /Running on http/;

/**
 * `onnx-lambda start --sam`: the API through `sam local start-api`. stdout has the URL once it answers; Ctrl-C ends it with 0,
 * as it does for the embedded one.
 */
export const startSam: Command<StartOptions> = async ({ port = '3000', host = '127.0.0.1', stage = 'dev' }, io) => {
  const wanted = parsePort(port);
  await checkServable(io.cwd, stage);
  const { project, ...call } = await prepareLocal(stage, io);
  const chosen = wanted === 0 ? await freePort(host) : wanted;
  const onLine = (line: string): void => {
    if (LISTENS.test(line)) io.stdout.write(`http://${host}:${chosen}\n`);
  };
  try {
    const args = argv.localStartApi({ ...call, host, port: chosen });
    const ran = await runSam(args, { cwd: project.root, show: 'all', onLine }, io);
    if (ran.kind === 'failed') throw diagnoseSam(ran.stderr + ran.stdout, 'SAM_FAILED', '`sam local start-api` ended.');
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== 'CANCELLED') throw error;
  }
  return 0;
};

/** `sam local start-api` serves APIs of API Gateway, and no function URLs. @throws ToolError NOTHING_TO_SERVE */
async function checkServable(folder: string, stage: string): Promise<void> {
  const { root, fronts } = await openProject(folder, stage);
  if (fronts.some((kind) => kind !== 'function-url')) return;
  if (fronts.length === 0) throw nothingToServe(root);
  throw new ToolError('NOTHING_TO_SERVE', {
    what: '`sam local start-api` serves no function URLs.',
    where: root,
    next: 'onnx-lambda start   (without --sam)',
  });
}

/** @throws ToolError USAGE */
export function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port < 65_536) return port;
  throw new ToolError('USAGE', { what: `"${text}" is no port.`, where: '--port', expected: '0 to 65535, e.g. 3000' });
}

/** One that nobody listens on now: SAM can't choose by itself. */
async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
