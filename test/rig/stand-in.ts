import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, existsSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { RIG, ROOT } from './paths.ts';

export interface StandInOptions {
  /** `docker`: deployed functions really run, in the base image with their layers. `local`: they are only stored (default). */
  readonly executor?: 'local' | 'docker';
  /** Whether functions in containers call AWS themselves: on Docker's bridge, where they reach this machine, they are then let through to it. */
  readonly calledByFunctions?: boolean;
  /** A free one by default. */
  readonly port?: number;
  /** How fast canaries go: 0.01 (default) makes five minutes three seconds. */
  readonly canaryScale?: number;
}

/** A failure on request: `resource` is a logical id; `times` (default 1) counts down. */
export interface Failure {
  readonly resource: string;
  readonly on?: 'create' | 'update' | 'delete';
  readonly reason?: string;
  readonly times?: number;
}

/** One simulated CodeDeploy deployment, see aws_stand_in.py. `weights` are the shares of the new version, in order. */
export interface Deployment {
  readonly id: string;
  readonly alias: string;
  readonly config: string;
  readonly from: string;
  readonly to: string;
  readonly alarms: readonly string[];
  readonly weights: readonly number[];
  readonly status: 'InProgress' | 'Succeeded' | 'Failed';
}

export interface StandIn {
  readonly endpoint: string;
  readonly pid: number;
  /** For `samEnv()` or a client: where AWS is, and quick polling. */
  readonly env: Readonly<Record<string, string>>;
  /** Makes the named resources fail from now on; an empty list ends that. */
  failOn(failures: readonly Failure[]): void;
  /** The simulated deployments so far. */
  deployments(): readonly Deployment[];
  /** What it logged so far. */
  log(): string;
  /** Ends it and takes its files and containers away. */
  stop(): Promise<void>;
}

const READY_WITHIN = 30_000;

/**
 * Starts the stand-in for AWS on loopback and waits until it answers.
 *
 * @example
 * const aws = await startStandIn({ executor: 'docker' });
 * await execa('sam', ['deploy', …], { env: samEnv(aws.env) });
 * await aws.stop();
 */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { executor = 'local', canaryScale = 0.01 } = options;
  const port = options.port ?? (await freePort());
  const endpoint = `http://127.0.0.1:${port}`;
  const folder = mkdtempSync(join(tmpdir(), 'aws-stand-in-'));
  const file = (name: string): string => join(folder, name);
  const output = openSync(file('log'), 'a');
  const child = spawn(`${RIG}aws/bin/python`, [join(ROOT, 'test/rig/aws_stand_in.py')], {
    cwd: folder,
    stdio: ['ignore', output, output],
    env: {
      ...withoutAws(process.env),
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      LAMBDA_EXECUTOR: executor,
      LAMBDA_STRICT: executor === 'docker' ? '1' : '0',
      TMPDIR: folder,
      STATE_DIR: file('state'),
      STAND_IN_FAILS: file('fails.json'),
      STAND_IN_DEPLOYMENTS: file('deployments.json'),
      STAND_IN_CANARY_SCALE: String(canaryScale),
    },
  });
  closeSync(output);
  const log = (): string => readFileSync(file('log'), 'utf8');
  const bridge = options.calledByFunctions ? letThrough(port) : undefined;
  const stop = async (): Promise<void> => {
    bridge?.close();
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answers(`${endpoint}/_ministack/health`, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint,
    pid: child.pid as number,
    env: { AWS_ENDPOINT_URL: endpoint, SAM_CLI_POLL_DELAY: '1', AWS_MAX_ATTEMPTS: '3' },
    failOn: (failures) => writeFileSync(file('fails.json'), JSON.stringify(failures)),
    deployments: () =>
      existsSync(file('deployments.json'))
        ? (JSON.parse(readFileSync(file('deployments.json'), 'utf8')) as Deployment[])
        : [],
    log,
    stop,
  };
}

/** The same port on this machine's address on Docker's bridge, where no other machine is. */
function letThrough(port: number): Server {
  const format = '{{(index .IPAM.Config 0).Gateway}}';
  const found = execFileSync('docker', ['network', 'inspect', 'bridge', '--format', format], { encoding: 'utf8' });
  const server = createServer((from) => {
    const to = connect(port, '127.0.0.1');
    from.on('error', () => to.destroy()).pipe(to);
    to.on('error', () => from.destroy()).pipe(from);
  });
  return server.listen(port, found.trim());
}

/** Settings that would point the stand-in at another AWS, or the real one, do not reach it. */
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_')));
}

async function answers(url: string, child: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The stand-in ended with ${child.exitCode}:\n${log()}`);
    const ok = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await sleep(100);
  }
  throw new Error(`The stand-in did not answer within ${READY_WITHIN / 1000} s:\n${log()}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  // Its own clean-up takes its containers away; a hang must not become ours.
  if (await Promise.race([ended.then(() => true), sleep(10_000, false, { ref: false })])) return;
  child.kill('SIGKILL');
  await ended;
}
