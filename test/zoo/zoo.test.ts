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

  test('every case that waits for nothing becomes a project whose own npm test is green', async () => {
    const ready = [...cases.values()].filter(({ waits }) => waits === null);
    expect(ready.length).toBeGreaterThan(0);
    for (const one of ready) {
      const project = await createProject(projects, zoo, one);
      const file = join(project, 'onnx-lambda.yaml');
      const { task } = parseYaml(readFileSync(file, 'utf8'), file) as { task: { kind: string } };
      const labels = labelsOf(project);
      const again = await runBin('project', ['update', '--dry-run'], { cwd: project });
      expect([one.name, again.stdout]).toEqual([one.name, 'Nothing to update.']);
      const { exitCode, all } = await npmTest(project);
      expect({ name: one.name, kind: task.kind, labels, exitCode, all: exitCode === 0 ? '' : all }).toEqual({
        name: one.name,
        kind: one.task,
        labels: one.labels,
        exitCode: 0,
        all: '',
      });
    }
  }, 300_000);
});
