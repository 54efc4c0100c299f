import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { ToolError } from '../../generator/errors.ts';
import type { Command, Io } from '../../generator/io.ts';
import { hostCredentials } from '../credentials.ts';
import { serve } from '../gateway/server.ts';
import type { Front, FrontKind } from '../gateway/front.ts';
import { LocalAws } from '../local-aws/local-aws.ts';
import { nothingToServe, Service } from '../service.ts';
import { openProject } from '../template/project.ts';

export interface StartOptions {
  readonly port?: string;
  readonly host?: string;
  readonly stage?: string;
  readonly auth?: boolean;
  readonly throttle?: boolean;
  readonly credentials?: boolean;
  /** Which of several triggers that speak HTTP. */
  readonly trigger?: string;
}

/**
 * Serves the project's API until Ctrl-C, which ends it with exit code 0, as `sam local start-api` does: a server that was told to end has
 * done its job. stdout has the URL, stderr all else.
 */
export const start: Command<StartOptions> = async (
  { port = '3000', host = '127.0.0.1', stage, auth, throttle, credentials, trigger },
  io,
) => {
  const number = Number(port);
  if (!/^\d+$/.test(port) || number > 65_535)
    throw new ToolError('USAGE', {
      what: `${JSON.stringify(port)} is not a port.`,
      where: '--port',
      expected: '0 to 65535',
    });
  const log = (line: string): void => void io.stderr.write(`${line}\n`);
  const apiKey = randomBytes(20).toString('hex');
  const aws = await LocalAws.start((await openProject(io.cwd, stage)).root);
  try {
    const service = await Service.open(io.cwd, {
      stage,
      log,
      variables: (project) => hostCredentials(io.env, project.function, credentials, aws.variables),
      auth: auth ? { apiKey } : undefined,
      throttle,
      trigger,
    });
    try {
      const { front } = service;
      if (!front) throw nothingToServe(io.cwd);
      const server = await serve({ port: number, host, handle: (request) => service.handle(request), log });
      try {
        announce(front, auth === true ? apiKey : undefined, throttle === true, io);
        io.stdout.write(`${server.url}\n`);
        if (!io.signal.aborted) await once(io.signal, 'abort');
      } finally {
        await server.close();
      }
    } finally {
      await service.close();
    }
  } finally {
    await aws.close();
  }
  return 0;
};

const NAMES: Readonly<Record<FrontKind, string>> = {
  'rest-api': 'REST API',
  'http-api': 'HTTP API',
  'function-url': 'Function URL',
};

/** What is served, and what of it is not as it will be on AWS. */
function announce(
  { kind, shown, throttles: hasLimits }: Front,
  apiKey: string | undefined,
  throttles: boolean,
  { stderr }: Io,
): void {
  stderr.write(`${NAMES[kind]}\n`);
  for (const { method, path } of shown) stderr.write(`  ${method.padEnd(7)}${path}\n`);
  const guarded = shown.some(({ auth }) => auth.iam || auth.apiKey);
  if (apiKey !== undefined && shown.some(({ auth }) => auth.apiKey)) stderr.write(`x-api-key: ${apiKey}\n`);
  else if (apiKey === undefined && guarded)
    stderr.write(
      'Authorisation is not checked here: everybody on this machine may call. --auth refuses requests that have none.\n',
    );
  if (hasLimits && !throttles)
    stderr.write("The API's throttling is not kept to; --throttle answers 429 as AWS would.\n");
  stderr.write('Ctrl-C ends it.\n');
}
