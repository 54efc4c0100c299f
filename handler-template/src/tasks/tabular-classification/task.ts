import { readLabels } from '../../model-file.ts';
import type { Model } from '../../spec.ts';
import type { Request, Rows } from '../../tabular/request.ts';
import { outputRows } from '../../tabular/results.ts';
import type { Columns } from '../../tabular/settings.ts';
import { tabularTask } from '../../tabular/task.ts';
import type { Task } from '../../task-types.ts';
import type { Results } from '../../tensors.ts';
import { bestOf, scoresFrom, type ScoresKind } from './scores.ts';

export interface Settings extends Columns {
  readonly kind: 'tabular-classification';
  /** The output with the class itself; without one it is the class of the highest score. */
  readonly label?: string;
  /** One output with a column for each class, or an output for each. */
  readonly scores?: { readonly outputs: readonly string[]; readonly kind: ScoresKind };
  /** What the model calls its classes, in the order of the scores; empty where nobody knows. */
  readonly classes: readonly string[];
}

type Scores = readonly number[] | Readonly<Record<string, number>>;

export interface Prediction {
  readonly label: unknown;
  readonly probabilities?: Scores;
  readonly scores?: Scores;
}

/**
 * Rows of features in, the class of each out, and how likely each class is.
 *
 * @example { "age": 3, "town": "Bonn" } → { "predictions": [{ "label": "yes", "probabilities": { "no": 0.2, "yes": 0.8 } }] }
 */
export function tabularClassification(settings: Settings, model: Model): Task<Request, Rows> {
  const { label, scores, classes } = settings;
  const names = classes.length > 0 ? readLabels(classes.length) : [];
  const byName = (values: readonly number[]): Scores =>
    names.length === values.length ? Object.fromEntries(names.map((name, i) => [name, values[i] ?? 0])) : values;
  /** A class by what the model calls it. */
  const nameOf = (value: unknown): unknown =>
    classes.length === 0 ? value : (names[classes.indexOf(String(value))] ?? String(value));

  function predictions(results: Results, rows: Rows): readonly Prediction[] {
    const read = (output: string): readonly unknown[][] => outputRows(results, output, rows, settings);
    const columns = scores?.outputs.map(read) ?? [];
    const labels = label === undefined ? undefined : read(label);
    return rows.map((_, i) => {
      const raw = columns.flatMap((column) => column[i] ?? []) as number[];
      const values = scores ? scoresFrom(raw, scores.kind) : [];
      const key = scores?.kind === 'raw' ? 'scores' : 'probabilities';
      return {
        label: labels ? nameOf(labels[i]?.[0]) : names[bestOf(values)],
        ...(scores && { [key]: byName(values) }),
      };
    });
  }

  return tabularTask(settings, model, {
    outputs: [...(label === undefined ? [] : [label]), ...(scores?.outputs ?? [])],
    predictions,
  });
}
