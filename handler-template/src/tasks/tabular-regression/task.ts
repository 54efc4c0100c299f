import type { Model } from '../../spec.ts';
import type { Request, Rows } from '../../tabular/request.ts';
import { outputRows } from '../../tabular/results.ts';
import type { Columns } from '../../tabular/settings.ts';
import { tabularTask } from '../../tabular/task.ts';
import type { Task } from '../../task-types.ts';

export interface Settings extends Columns {
  readonly kind: 'tabular-regression';
  readonly output: string;
  /** How many numbers are predicted of a row. */
  readonly targets: number;
}

/**
 * Rows of features in, a number for each out; a list of them where the model has several targets.
 *
 * @example { "age": 3, "town": "Bonn" } → { "predictions": [{ "prediction": 17.5 }] }
 */
export function tabularRegression(settings: Settings, model: Model): Task<Request, Rows> {
  const { output, targets } = settings;
  return tabularTask(settings, model, {
    outputs: [output],
    predictions: (results, rows) =>
      outputRows(results, output, rows, settings).map((values) => ({
        prediction: targets === 1 ? values[0] : values,
      })),
  });
}
