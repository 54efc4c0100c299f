import { askOnSamples } from '../model/ask-on-samples.ts';
import type { Fixture } from '../render/fixtures.ts';
import type { TabularClassification } from '../tasks/tabular-classification/settings.ts';
import type { TabularRegression } from '../tasks/tabular-regression/settings.ts';
import type { FixtureParts, Fixtures } from '../tasks/task.ts';
import { json } from '../write/file-map.ts';
import type { AskAnswer, AskRequest, Asked } from './child/ask.ts';
import { featuresOf } from './columns.ts';
import { mostRows } from './schemas.ts';

const ROWS = 5;

/**
 * Made-up rows in each of the forms that are taken, with what the model itself says of them.
 *
 * @throws ToolError MODEL_DOES_NOT_RUN
 */
export async function rowFixtures(
  task: TabularClassification | TabularRegression,
  parts: FixtureParts,
): Promise<Fixtures> {
  const { asked, missing } = await askModel(task, parts);
  const features = featuresOf(task);
  const named = (row: Asked['rows'][number] = []): object =>
    Object.fromEntries(features.map((name, i) => [name, row[i] ?? null]));
  const fixture = (file: string, request: object, predictions: Asked['predictions']): Fixture => ({
    file,
    entry: json(request),
    path: '/predict',
    response: { predictions },
  });
  const { rows = [], predictions = [] } = asked ?? {};
  const event = named(rows[0]);
  const forms: readonly [key: string, fixture: Fixture][] = asked
    ? [
        ['', fixture('row.json', event, predictions.slice(0, 1))],
        ['instances', fixture('rows.json', { instances: rows.map(named) }, predictions)],
        ['input_X', fixture('compact.json', { input_X: rows }, predictions)],
      ]
    : [];
  const fixtures = forms.flatMap(([key, one]) => (features.includes(key) ? [] : [one]));
  const holed = missing ? [fixture('missing.json', named(missing.rows[0]), missing.predictions)] : [];
  const body = Buffer.from(JSON.stringify(event));
  return {
    fixtures: [...fixtures, ...holed],
    sample: { file: 'row.json', path: '/predict', contentType: 'application/json', body, event },
  };
}

function askModel(
  task: TabularClassification | TabularRegression,
  { served, blueprint, labels, signal }: FixtureParts,
): Promise<AskAnswer> {
  const { inputs } = blueprint.model;
  return askOnSamples<AskRequest, AskAnswer>(
    served,
    'rows',
    'generator/tabular/child/ask.js',
    {
      task,
      inputs: task.inputs.flatMap(({ input }) => inputs.filter(({ name }) => name === input)),
      labels,
      rows: Math.min(ROWS, mostRows(blueprint.model)),
    },
    { signal },
  );
}
