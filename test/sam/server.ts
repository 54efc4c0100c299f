import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../rig/free-port.ts';
import { ROOT } from '../rig/paths.ts';

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts `onnx-lambda start` on a free port and waits until `GET /health` is 200. */
export async function startServer(project: string, flags: readonly string[], env: NodeJS.ProcessEnv): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = [`${ROOT}bin/onnx-lambda.mjs`, 'start', '--port', String(port), ...flags];
  const child = spawn(process.execPath, args, { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGINT');
    if (!(await Promise.race([ended, sleep(20_000, false, { ref: false })]))) child.kill('SIGKILL');
  };
  const deadline = Date.now() + 90_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const ok = await fetch(`${url}/health`, { signal: AbortSignal.timeout(30_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return { url, stop };
    await sleep(200);
  }
  await stop();
  throw new Error(`onnx-lambda ${args.slice(1).join(' ')} does not serve:\n${said}`);
}
