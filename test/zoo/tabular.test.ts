import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BLUEPRINT_FILE } from '../../generator/blueprint.ts';
import type { TabularClassification } from '../../generator/tasks/tabular-classification/settings.ts';
import type { TabularRegression } from '../../generator/tasks/tabular-regression/settings.ts';
import { parseYaml } from '../../generator/yaml.ts';
import { describeWith } from '../rig/need.ts';
import { differences } from './compare.ts';
import { withService } from './protocol.ts';
import { makeZoo, type Case, type Tensor } from './zoo.ts';

type Task = TabularClassification | TabularRegression;
type Invoke = (event: object) => Promise<unknown>;
type Prediction = Readonly<Record<string, unknown>>;

/** Values of a tensor, a list for each row. */
const rowsOf = ({ data, shape: [rows = 1] }: Tensor): Tensor['data'][] =>
  Array.from({ length: rows }, (_, i) => data.slice((i * data.length) / rows, ((i + 1) * data.length) / rows));

/** What Python fed, as the values of each row; JSON has no NaN. */
function fedRows({ inputs }: Case['requests'][number]['body'], task: Task): unknown[][] {
  const columns = task.inputs.map(({ input }) => rowsOf(inputs.find(({ name }) => name === input) as Tensor));
  return (columns[0] ?? []).map((_, i) => columns.flatMap((rows) => rows[i] ?? []));
}

/** Predictions as the tensors that they were made from. */
function asTensors(predictions: readonly Prediction[], task: Task, labels: readonly string[]): Tensor[] {
  const tensor = (name: string, rows: readonly unknown[][]): Tensor =>
    ({ name, shape: [], datatype: 'any', data: rows.flat() }) as unknown as Tensor;
  if (task.kind === 'tabular-regression')
    return [
      tensor(
        task.output,
        predictions.map(({ prediction }) => [prediction].flat()),
      ),
    ];
  const told = (one: Prediction): unknown[] => {
    const scores = (one['probabilities'] ?? one['scores']) as unknown[] | Readonly<Record<string, unknown>>;
    return Array.isArray(scores) ? scores : labels.map((label) => scores[label]);
  };
  const outputs = task.scores?.outputs ?? [];
  return [
    ...outputs.map((name, i) =>
      tensor(
        name,
        predictions.map((one) => (outputs.length > 1 ? [told(one)[i]] : told(one))),
      ),
    ),
    ...(task.label === undefined
      ? []
      : [
          tensor(
            task.label,
            predictions.map(({ label }) => [task.classes[labels.indexOf(String(label))] ?? label]),
          ),
        ]),
  ];
}

describeWith('zoo', 'models of tables by their own task', () => {
  let root: string;
  let cases: Map<string, Case>;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'onnx lambda tables '));
    mkdirSync(join(root, 'models'));
    cases = await makeZoo(join(root, 'models'));
  }, 120_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  async function check(one: Case, task: Task, labels: readonly string[], invoke: Invoke): Promise<string[]> {
    const found: string[] = [];
    for (const { body, outputs } of one.requests) {
      const rows = fedRows(body, task);
      const names = task.inputs.flatMap(({ features }) => features);
      const named = rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
      const compact = await invoke({ input_X: rows });
      const instances = await invoke({ instances: named });
      expect(instances).toEqual(compact);
      const got = asTensors((compact as { predictions: Prediction[] }).predictions, task, labels);
      // As lists of values alone: which shape they had is not told.
      const flat = (tensor: Tensor): Tensor => ({ ...tensor, shape: [], datatype: 'any' });
      found.push(...differences(got, outputs.map(flat)));
    }
    return found;
  }

  test('every one answers as Python’s onnxruntime does on the original file, in the form of rows and in the compact one', async () => {
    const tables = [...cases.values()].filter(({ task }) => task.startsWith('tabular-'));
    expect(tables.length).toBeGreaterThanOrEqual(23);
    const found: Record<string, readonly string[]> = {};
    for (const one of tables) {
      const model = join(root, 'models', one.name, one.model);
      const project = join(root, 'projects', one.name);
      found[one.name] = await withService(project, ['--model', model, ...one.flags], async (lambda) => {
        const invoke: Invoke = async (event) => {
          const answer = await lambda.invoke(JSON.stringify(event));
          return JSON.parse(answer.payload) as unknown;
        };
        const file = join(project, BLUEPRINT_FILE);
        const { task } = parseYaml(readFileSync(file, 'utf8'), file) as { task: Task };
        return check(one, task, one.labels ?? [], invoke);
      });
    }
    expect(found).toEqual(Object.fromEntries(tables.map(({ name }): [string, string[]] => [name, []])));
  }, 300_000);
});
