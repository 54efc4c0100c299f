import type { TabularClassification } from '../../tasks/tabular-classification/settings.ts';
import type { TabularRegression } from '../../tasks/tabular-regression/settings.ts';

/** What is told of a row, as the service's answer has it. */
export type Told = Readonly<Record<string, unknown>>;

type Read = (output: string) => readonly unknown[];

/** What a model's outputs say of one row: written apart from the handler, whose answers it is held against. */
export function tell(task: TabularClassification | TabularRegression, labels: readonly string[], read: Read): Told {
  if (task.kind === 'tabular-regression') {
    const values = read(task.output).map(Number);
    return { prediction: task.targets > 1 ? values : values[0] };
  }
  const scores = scoresOf(task, read);
  const said = task.label === undefined ? undefined : read(task.label)[0];
  const best = scores.indexOf(Math.max(...scores));
  const told = task.classes.length > 0 ? Object.fromEntries(scores.map((score, i) => [labels[i], score])) : scores;
  return {
    label: said === undefined ? labels[best] : named(said, task, labels),
    ...(task.scores && (task.scores.kind === 'raw' ? { scores: told } : { probabilities: told })),
  };
}

function named(said: unknown, { classes }: TabularClassification, labels: readonly string[]): unknown {
  const plain = typeof said === 'bigint' ? Number(said) : said;
  if (classes.length === 0) return plain;
  const place = classes.indexOf(String(plain));
  return place < 0 ? String(plain) : labels[place];
}

function scoresOf({ scores }: TabularClassification, read: Read): number[] {
  if (!scores) return [];
  const values = scores.outputs.flatMap((output) => read(output).map(Number));
  const [one = NaN] = values;
  switch (scores.kind) {
    case 'raw':
    case 'probabilities':
      return values;
    case 'probability':
      return [1 - one, one];
    case 'logit':
      return [1 / (1 + Math.exp(one)), 1 / (1 + Math.exp(-one))];
    case 'logits': {
      const total = values.reduce((sum, value) => sum + Math.exp(value - Math.max(...values)), 0);
      return values.map((value) => Math.exp(value - Math.max(...values)) / total);
    }
  }
}
