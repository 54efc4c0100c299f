import { describe, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BASE_IMAGE, RIG } from './paths.ts';
import { samEnv } from './sam-env.ts';

export type Tool = 'sam' | 'docker' | 'stand-in' | 'checks' | 'zoo' | 'shellcheck';

interface Need {
  /** Why it can't be used; nothing when it can. */
  missing(): string | undefined;
  /** The command that puts it in place. */
  get: string;
}

const NEEDS: Record<Tool, Need> = {
  sam: {
    missing: () => {
      const folders = (samEnv()['PATH'] ?? '').split(delimiter);
      return folders.some((folder) => existsSync(join(folder, 'sam'))) ? undefined : 'there is no sam on PATH';
    },
    get: 'test/rig/sam.sh',
  },
  docker: {
    missing: () => {
      const { status, error } = spawnSync('docker', ['image', 'inspect', BASE_IMAGE], { timeout: 15_000 });
      if (status === 0) return undefined;
      if (error && 'code' in error && error.code === 'ENOENT') return 'there is no docker on PATH';
      const engine = spawnSync('docker', ['info'], { timeout: 15_000 });
      return engine.status === 0 ? `${BASE_IMAGE} is not there` : 'no Docker engine answers';
    },
    get: 'test/rig/base-image.sh',
  },
  'stand-in': {
    missing: () => (existsSync(`${RIG}aws/bin/python`) ? undefined : 'the stand-in for AWS is not installed'),
    get: 'test/rig/stand-in.sh',
  },
  checks: {
    missing: () => (existsSync(`${RIG}checks/bin/cfn-lint`) ? undefined : 'the template checkers are not installed'),
    get: 'test/checks/setup.sh',
  },
  shellcheck: {
    missing: () =>
      spawnSync('shellcheck', ['--version'], { timeout: 15_000 }).status === 0
        ? undefined
        : 'there is no shellcheck on PATH',
    get: 'test/rig/setup.sh',
  },
  zoo: {
    missing: () =>
      existsSync(`${RIG}zoo/bin/python`) && existsSync(`${RIG}zoo-locales/en_US.UTF-8`)
        ? undefined
        : 'what makes the zoo is not installed',
    get: 'test/zoo/setup.sh',
  },
};

/** The mark that test/report.mjs looks for in the name of a group that was left out. */
export const NOT_RUN = ' — not run, because ';

/** A missing tool fails where everything is expected to be there: in CI (`ONNX_LAMBDA_RIG=optional` turns that off). */
function required(env: NodeJS.ProcessEnv): boolean {
  return env['ONNX_LAMBDA_RIG'] === 'required' || (env['CI'] === 'true' && env['ONNX_LAMBDA_RIG'] !== 'optional');
}

/**
 * A `describe` for tests that drive a real tool. Without the tool they are skipped, and the last lines of the run say so;
 * in CI they fail instead.
 *
 * @example describeWith(['sam', 'docker'], 'sam local invoke', () => test('answers …', async () => { … }));
 */
export function describeWith(tools: Tool | readonly Tool[], name: string, body: () => void): void {
  for (const tool of typeof tools === 'string' ? [tools] : tools) {
    const { missing, get } = NEEDS[tool];
    const why = missing();
    if (why === undefined) continue;
    if (required(process.env)) {
      describe(name, () => {
        test(`has ${tool}`, () => {
          throw new Error(`${why}: run ${get}`);
        });
      });
    } else {
      describe.skip(`${name}${NOT_RUN}${why} (get it with ${get})`, body);
    }
    return;
  }
  describe(name, body);
}
