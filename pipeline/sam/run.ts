import { execa } from 'execa';
import type { Readable } from 'node:stream';
import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import { eachLine } from '../../harness/lambda/lines.ts';
import type { Argv } from './argv.ts';

/** How a process ended; a failure has the same shape as a success. */
export interface Ran {
  readonly kind: 'ok' | 'failed' | 'missing' | 'cancelled';
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** Which streams the user sees on stderr while it runs; stdout is held back where it is the answer. */
  readonly show: 'all' | 'stderr' | 'nothing';
  /** Text from which on nothing more is shown: what follows is advice or a table that we give ourselves. */
  readonly until?: string;
  /** Gets each line of its stderr as it comes. */
  readonly onLine?: (line: string) => void;
  readonly env?: NodeJS.ProcessEnv;
}

/** ms that a cancelled process gets to stop its containers and to remove its temporary files. */
const GRACE = 3_500;

/** The `sam` to run; ONNX_LAMBDA_SAM names another than the first on PATH. */
export const samFile = (env: NodeJS.ProcessEnv): string => env['ONNX_LAMBDA_SAM'] || 'sam';

/**
 * Runs one process, without a shell, until it ends or Ctrl-C ends it. It leads its own process group on POSIX,
 * so that a cancel also reaches the npm or esbuild that it started.
 */
export async function run(file: string, args: Argv, options: RunOptions, io: Io): Promise<Ran> {
  const grouped = process.platform !== 'win32';
  const child = execa(file, args, {
    cwd: options.cwd,
    env: { ...io.env, ...options.env },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    detached: grouped,
    stripFinalNewline: false,
  });
  const kill = (signal: NodeJS.Signals): void => {
    try {
      if (grouped && child.pid !== undefined) process.kill(-child.pid, signal);
      else child.kill(signal);
    } catch {
      // It ended by itself in the meantime.
    }
  };
  let deadline: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    kill('SIGINT');
    deadline = setTimeout(() => kill('SIGKILL'), GRACE);
  };
  if (io.signal.aborted) cancel();
  else io.signal.addEventListener('abort', cancel, { once: true });
  if (options.show === 'all') forward(child.stdout, options.until, io);
  if (options.show !== 'nothing') forward(child.stderr, options.until, io);
  if (options.onLine) eachLine(child.stderr, options.onLine);

  const { exitCode, code, stdout, stderr } = await child;
  clearTimeout(deadline);
  io.signal.removeEventListener('abort', cancel);
  const kind = io.signal.aborted ? 'cancelled' : code === 'ENOENT' ? 'missing' : exitCode === 0 ? 'ok' : 'failed';
  return { kind, exitCode, stdout, stderr };
}

/** Passes a stream on to stderr as it comes; with `until`, line by line and no further than that text. */
function forward(stream: Readable, until: string | undefined, io: Io): void {
  if (until === undefined) {
    stream.on('data', (chunk: Buffer) => io.stderr.write(chunk));
    return;
  }
  let open = true;
  eachLine(stream, (line) => {
    open &&= !line.includes(until);
    if (open) io.stderr.write(`${line}\n`);
  });
}

/** Runs `sam`; that it is missing, or a cancel, is thrown; how it ended otherwise is the caller's to judge. */
export async function runSam(args: Argv, options: RunOptions, io: Io): Promise<Ran & { kind: 'ok' | 'failed' }> {
  const ran = await run(samFile(io.env), args, { ...options, env: { SAM_CLI_TELEMETRY: '0', ...options.env } }, io);
  if (ran.kind === 'missing') throw samMissing(samFile(io.env));
  if (ran.kind === 'cancelled') throw new ToolError('CANCELLED', { what: `\`sam ${args[0] ?? ''}\` was cancelled.` });
  return { ...ran, kind: ran.kind };
}

function samMissing(file: string): ToolError {
  return new ToolError('SAM_MISSING', {
    what: 'The AWS SAM CLI is not installed here.',
    where: file,
    expected: '`sam` on PATH, or its path in ONNX_LAMBDA_SAM',
    next: 'pip install aws-sam-cli   (or brew install aws-sam-cli, or https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html)',
  });
}
