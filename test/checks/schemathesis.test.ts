import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createDigits } from '../rig/digits.ts';
import { describeWith } from '../rig/need.ts';
import { ROOT } from '../rig/paths.ts';
import { check, tempFolder } from './tools.ts';

/** What a started service says: its key on stderr, its address on stdout. */
const ADDRESS = /^http:\/\/127\.0\.0\.1:\d+$/m;
const KEY = /^x-api-key: \S+$/m;

interface Service {
  readonly url: string;
  /** The header that every request needs; empty where none does. */
  readonly header: string;
  stop(): Promise<void>;
}

/** Starts the API of a project. */
function started(project: string, flags: readonly string[]): Promise<Service> {
  const args = [join(ROOT, 'bin/onnx-lambda.mjs'), 'start', '--port', '0', ...flags];
  const service = spawn(process.execPath, args, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(service, 'exit');
  const stop = async (): Promise<void> => {
    service.kill();
    await ended;
  };
  let said = '';
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const [url] = ADDRESS.exec(said) ?? [];
      const [header] = flags.includes('--auth') ? (KEY.exec(said) ?? []) : [''];
      if (url !== undefined && header !== undefined) resolve({ url, header, stop });
    };
    service.stdout.on('data', listen);
    service.stderr.on('data', listen);
    void ended.then(() => reject(new Error(`the service did not start:\n${said}`)));
  });
}

/** Creates the digits project, starts it and lets schemathesis at it. */
async function fuzz(
  create: readonly string[],
  start: readonly string[],
  args: (service: Service) => readonly string[],
): Promise<Awaited<ReturnType<typeof check>>> {
  const folder = tempFolder();
  const project = join(folder, 'digits');
  let service: Service | undefined;
  try {
    await createDigits(project, [...create]);
    service = await started(project, start);
    return await check('schemathesis', [...args(service)], project);
  } finally {
    await service?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

describeWith('checks', 'schemathesis', () => {
  test.each([
    {
      what: 'every check but one, with the keys asked for',
      create: ['--auth', 'api-key'],
      start: ['--auth'],
      args: ({ url, header }: Service) => {
        const config = join(ROOT, 'test/checks/schemathesis.toml');
        // API Gateway answers 403, not 405, to a method that a resource does not have.
        const checks = ['--checks', 'all', '--exclude-checks', 'unsupported_method'];
        const flags = ['--url', url, '-H', header, ...checks, '--max-examples', '40'];
        return ['--config-file', config, 'run', 'swagger.yaml', ...flags];
      },
    },
    {
      what: "the project's own settings",
      create: [],
      start: [],
      args: ({ url }: Service) => ['run', 'swagger.yaml', '--url', url, '--seed', '20261121'],
    },
  ])(
    'finds nothing that the API answers otherwise than swagger.yaml says: $what',
    async ({ create, start, args }) => {
      const { stdout, exitCode } = await fuzz(create, start, args);
      expect({ exitCode, failed: exitCode === 0 ? '' : stdout }).toStrictEqual({ exitCode: 0, failed: '' });
      expect(stdout).toMatch(/Tested: 22\b/);
      expect(Number(/(\d+) generated, \1 passed/.exec(stdout)?.[1])).toBeGreaterThan(50);
    },
    600_000,
  );
});
