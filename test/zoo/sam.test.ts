import { execa } from 'execa';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '../rig/need.ts';
import { samEnv } from '../rig/sam-env.ts';
import { differences, parseAnswer } from './compare.ts';
import { createProject, makeZoo, projectsFolder, type Case } from './zoo.ts';

/** Its picture as JSON numbers is more than Lambda's payload. */
const TOO_LARGE = ['fastest-det'];

describeWith(['sam', 'docker', 'zoo'], 'a third of the zoo in Lambda’s own runtime', () => {
  let root: string;
  let projects: string;
  /** Runtime layers as `sam build` made them, by what went into them: npm is asked once for each. */
  const layers = new Map<string, string>();

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'onnx-lambda-zoo-sam-'));
    projects = projectsFolder(join(root, 'projects'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const sam = async (project: string, args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await execa('sam', args, {
      cwd: project,
      env: samEnv(),
      reject: false,
      stdin: 'ignore',
    });
    if (exitCode !== 0) throw new Error(`sam ${args.join(' ')} ended with ${exitCode}:\n${stderr}`);
    return stdout;
  };

  /** A plain `sam build`; a runtime layer that was built before stands in for its source. */
  async function build(project: string): Promise<void> {
    const source = join(project, 'runtime');
    const key = readFileSync(join(source, 'package.json'), 'utf8').replace(/"name": "[^"]*"/, '');
    const made = layers.get(key);
    if (made !== undefined) cpSync(made, source, { recursive: true });
    await sam(project, ['build', ...(made === undefined ? [] : ['--exclude', 'RuntimeLayer'])]);
    if (made === undefined) layers.set(key, join(project, '.aws-sam/build/RuntimeLayer'));
  }

  async function answers(one: Case, zoo: string): Promise<string[]> {
    const project = await createProject(projects, zoo, one);
    await build(project);
    const event = join(zoo, one.name, 'request-0.json');
    const answer = await sam(project, ['local', 'invoke', 'Function', '--event', event]);
    const parsed = parseAnswer(answer);
    return parsed.outputs ? differences(parsed.outputs, one.requests[0]?.outputs ?? []) : [answer];
  }

  test('every third model answers to `sam local invoke` as Python’s onnxruntime does', async () => {
    const zoo = join(root, 'models');
    mkdirSync(zoo);
    const cases = [...(await makeZoo(zoo)).values()].filter(({ name }) => !TOO_LARGE.includes(name));
    const third = cases.filter((_, i) => i % 3 === 0);
    const found: Record<string, readonly string[]> = {};
    for (const one of third) found[one.name] = await answers(one, zoo).catch((error: Error) => [error.message]);
    expect(found).toEqual(Object.fromEntries(third.map(({ name }) => [name, []])));
  }, 600_000);
});
