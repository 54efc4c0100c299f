import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseYaml } from '../../generator/yaml.ts';
import { runBin } from '../rig/bins.ts';
import { describeWith } from '../rig/need.ts';
import { createProject, makeZoo, npmTest, projectsFolder, type Case } from './zoo.ts';

/** Class names, where the task has classes. */
function labelsOf(project: string): string[] | null {
  const file = join(project, 'model/labels.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : null;
}

describeWith('zoo', 'the zoo', () => {
  let root: string;
  let zoo: string;
  let projects: string;
  let cases: Map<string, Case>;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'onnx lambda zoo '));
    zoo = join(root, 'models');
    mkdirSync(zoo);
    projects = projectsFolder(join(root, 'projects'));
    cases = await makeZoo(zoo);
  }, 120_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('has every family, and Python answers each', () => {
    expect(cases.size).toBeGreaterThanOrEqual(50);
    for (const { requests } of cases.values()) expect(requests.flatMap(({ outputs }) => outputs)).not.toEqual([]);
    const tasks = new Set([...cases.values()].map(({ task }) => task));
    expect([...tasks].sort()).toEqual([
      'image-classification',
      'image-to-image',
      'object-detection',
      'tabular-classification',
      'tabular-regression',
      'tensor',
      'text-classification',
      'text-embedding',
    ]);
  });

  test('every case becomes a project of its task whose own npm test is green', async () => {
    const found: Record<string, unknown> = {};
    for (const one of cases.values()) found[one.name] = await projectOf(one).catch((error: Error) => error.message);
    const expected = ({ name, task, labels }: Case): [string, unknown] => [
      name,
      { kind: task, labels, red: undefined },
    ];
    expect(found).toEqual(Object.fromEntries([...cases.values()].map(expected)));
  }, 1_500_000);

  async function projectOf(one: Case): Promise<unknown> {
    const project = await createProject(projects, zoo, one);
    const file = join(project, 'onnx-lambda.yaml');
    const { task } = parseYaml(readFileSync(file, 'utf8'), file) as { task: { kind: string } };
    const { exitCode, all } = await npmTest(project);
    return { kind: task.kind, labels: labelsOf(project), red: exitCode === 0 ? undefined : all };
  }

  test('of each task, what was just made has nothing to update', async () => {
    const first = new Map([...cases.values()].reverse().map(({ task, name }) => [task, name]));
    for (const [task, name] of first) {
      const { stdout } = await runBin('project', ['update', '--dry-run'], { cwd: join(projects, name) });
      expect([task, stdout]).toEqual([task, 'Nothing to update.']);
    }
  }, 120_000);
});
