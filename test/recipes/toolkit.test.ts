import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tool, type Running } from '../pipeline/run.ts';
import { DIGITS, golden } from '../rig/digits.ts';
import { describeWith } from '../rig/need.ts';
import { startStandIn, type StandIn } from '../rig/stand-in.ts';
import { createByRecipe, invoke, tested } from './kit.ts';

jest.setTimeout(6 * 60_000);

/** Local logic: which model answers is nobody's business, and what is unlikely is left out. */
const CUSTOMIZED = `import type { Hooks } from './hooks.ts';

interface Body {
  readonly predictions?: readonly { readonly probability: number }[];
}

export const hooks: Hooks = {
  beforeAnswering: (answer, { route }) =>
    answer.kind === 'json' && route === 'predict'
      ? { ...answer, body: { likely: (answer.body as Body).predictions?.filter(({ probability }) => probability > 0.5), ...answer.body } }
      : answer,
};
`;

describeWith(['sam', 'docker', 'stand-in'], 'toolkit: construct, customise, push, deploy, update', () => {
  let aws: StandIn;
  let root: string;
  beforeAll(async () => {
    aws = await startStandIn({ executor: 'docker', calledByFunctions: true });
    root = join(mkdtempSync(join(tmpdir(), 'onnx-lambda-toolkit-')), 'digits');
  });
  afterAll(async () => {
    await aws.stop();
    rmSync(root, { recursive: true, force: true });
  });
  const run = (...args: string[]): Running => tool(root, args, aws.env);
  const ok = async (...args: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await run(...args);
    if (exitCode !== 0) throw new Error(`onnx-lambda ${args.join(' ')} ended with ${exitCode}:\n${String(stderr)}`);
    return String(stdout);
  };
  const image = readFileSync(join(DIGITS, 'six.png')).toString('base64');
  const likely = [{ className: 'six', probability: expect.closeTo(golden['six.png']?.probability ?? 0, 2) as unknown }];

  test('construct: a project whose function gets its model from the stack’s own bucket', async () => {
    await createByRecipe(root, 'toolkit', ['--model', `${DIGITS}/digits.onnx`, '--labels', `${DIGITS}/labels.txt`, '--pictures', DIGITS]); // prettier-ignore
    expect((await tested(root)).failed).toBe(0);
  });

  test('customise: local logic in src/customize.ts', async () => {
    writeFileSync(join(root, 'src/customize.ts'), CUSTOMIZED);
    const { failed, results } = await tested(root);
    expect(failed).toBe(0);
    expect(results.find(({ fixture }) => fixture === 'six.png')?.got).toMatchObject({ likely });
  });

  test('push and deploy: the pushed version answers, with the local logic', async () => {
    const version = await ok('model', 'push', '--stage', 'dev');
    await ok('deploy', '--stage', 'dev');
    expect(await ok('model', 'list', '--json')).toContain(version.trim());
    expect(await invoke(aws, 'digits-dev', { image })).toMatchObject({ likely });
  });

  test('update: other answers, the customised file stays', async () => {
    await ok('update', '--top', '2', '--json');
    expect(readFileSync(join(root, 'src/customize.ts'), 'utf8')).toBe(CUSTOMIZED);
    await ok('deploy', '--stage', 'dev');
    const answer = (await invoke(aws, 'digits-dev', { image })) as { predictions: unknown[] };
    expect(answer).toMatchObject({ likely });
    expect(answer.predictions).toHaveLength(2);
  });

  test('destroy leaves nothing', async () => {
    await ok('destroy', '--stage', 'dev', '--yes');
    expect(JSON.parse(await ok('status', '--json'))).toMatchObject({ stages: { dev: { kind: 'absent' } } });
  });
});
