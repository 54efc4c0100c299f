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
  /** The header that every request needs. */
  readonly header: string;
  stop(): Promise<void>;
}

/** Starts the API of a project with its keys asked for. */
function started(project: string): Promise<Service> {
  const args = [join(ROOT, 'bin/onnx-lambda.mjs'), 'start', '--port', '0', '--auth'];
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
      const [header] = KEY.exec(said) ?? [];
      if (url !== undefined && header !== undefined) resolve({ url, header, stop });
    };
    service.stdout.on('data', listen);
    service.stderr.on('data', listen);
    void ended.then(() => reject(new Error(`the service did not start:\n${said}`)));
  });
}

describeWith('checks', 'schemathesis', () => {
  test('finds nothing that the API answers otherwise than swagger.yaml says, with every check on', async () => {
    const folder = tempFolder();
    const project = join(folder, 'digits');
    let service: Service | undefined;
    try {
      await createDigits(project, ['--auth', 'api-key']);
      service = await started(project);
      const { url, header } = service;
      const config = join(ROOT, 'test/checks/schemathesis.toml');
      const flags = ['--url', url, '-H', header, '--checks', 'all', '--max-examples', '40'];
      const { stdout, exitCode } = await check(
        'schemathesis',
        ['--config-file', config, 'run', 'swagger.yaml', ...flags],
        project,
      );
      expect({ exitCode, failed: exitCode === 0 ? '' : stdout }).toStrictEqual({ exitCode: 0, failed: '' });
      expect(stdout).toMatch(/Tested: 4\b/);
      expect(Number(/(\d+) generated, \1 passed/.exec(stdout)?.[1])).toBeGreaterThan(50);
    } finally {
      await service?.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 240_000);
});
