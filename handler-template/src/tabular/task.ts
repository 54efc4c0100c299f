import { runFailed } from '../protocol/run-failed.ts';
import type { Model } from '../spec.ts';
import type { Task } from '../task-types.ts';
import type { Results } from '../tensors.ts';
import { feedsOf } from './feeds.ts';
import { rowsOf, type Request, type Rows } from './request.ts';
import { featuresOf, type Columns } from './settings.ts';

/** What is told of each row, from the values of each output that was read. */
export interface Reading<Prediction> {
  readonly outputs: readonly string[];
  readonly predictions: (results: Results, rows: Rows) => readonly Prediction[];
}

/** Rows in, something about each of them out. */
export function tabularTask<Prediction>(
  columns: Columns,
  model: Model,
  { outputs, predictions }: Reading<Prediction>,
): Task<Request, Rows> {
  const [first = 'feature'] = featuresOf(columns);
  return {
    example: `{${JSON.stringify(first)}: …} or {"instances": [{${JSON.stringify(first)}: …}]}`,
    contentTypes: [],
    fromJson: (request) => rowsOf(request, columns),
    toFeeds: (rows) => feedsOf(rows, columns, model),
    outputs: () => outputs,
    runFailed: (cause) => runFailed(cause),
    toAnswer: (results, rows) => ({ kind: 'json', body: { predictions: predictions(results, rows) } }),
  };
}
