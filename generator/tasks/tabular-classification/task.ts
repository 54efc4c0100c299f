import { findLabels } from '../../hints/find-labels.ts';
import { hint, type Hint } from '../../hints/hint.ts';
import { featuresOf, renamed } from '../../tabular/columns.ts';
import { fitRows } from '../../tabular/fit.ts';
import { guessRows } from '../../tabular/guess.ts';
import { rowFixtures } from '../../tabular/fixtures.ts';
import { taskHandler } from '../task-source.ts';
import type { Fit, GuessOf, LabelsHint, ModelFacts, TaskModule } from '../task.ts';
import { classifyRowsOperation } from './operation.ts';
import { classOutputs, type ClassOutputs } from './outputs.ts';
import { classifyRowsReadme } from './readme.ts';
import type { TabularClassification } from './settings.ts';

/** Rows of features in, the class of each out, with probabilities where the model has them. */
export const tabularClassification: TaskModule<TabularClassification> = {
  kind: 'tabular-classification',
  name: 'Tabular classification',
  title: 'rows of features in, a class for each out',
  fit,
  guess,
  sizeHint: () => undefined,
  questions: ['labels', 'features'],
  settle: ({ task }, { features }) => ({ ...task, inputs: renamed(task.inputs, features) }),
  answers: (settings) => ({ features: featuresOf(settings) }),
  classes: ({ classes }) => classes.length || undefined,
  operation: classifyRowsOperation,
  fixtures: rowFixtures,
  readme: classifyRowsReadme,
  handler: taskHandler('tabular-classification', 'tabularClassification', 'tabular'),
};

function fit(facts: ModelFacts): Fit {
  return fitRows(facts, {
    output: 'an output with a class, or with a score for each class',
    serves: (all) => {
      const outputs = classOutputs(all);
      if (!outputs) return 'no';
      const kind = outputs.scores?.value.kind ?? 'raw';
      return outputs.label || kind === 'probabilities' || kind === 'probability' ? 'likely' : 'possible';
    },
  });
}

function guess(facts: ModelFacts): GuessOf<TabularClassification> {
  const { columns, reasons, hints } = guessRows(facts);
  const outputs = classOutputs(facts) as ClassOutputs;
  const { label, scores, width } = outputs;
  const classes = width === 0 ? undefined : (outputs.classes ?? numbered(width));
  const labels = classes && labelsOf(facts, classes);
  const fields: readonly (readonly [string, Hint<unknown> | undefined])[] = [
    ['label', label && hint(label.name, 'graph', 'It holds the class of each row.')],
    ['scores', scores && { ...scores, value: `${scores.value.outputs.join(', ')}: ${scores.value.kind}` }],
    ['labels', labels],
  ];
  return {
    kind: 'tabular-classification',
    task: {
      kind: 'tabular-classification',
      ...columns,
      ...(label && { label: label.name }),
      ...(scores && { scores: scores.value }),
      classes: [...(classes?.value ?? [])],
    },
    labels,
    reasons: [...reasons, ...fields.flatMap(([field, of]) => (of ? [{ field, hint: of }] : []))],
    hints: { ...hints, hasLabels: labels?.source !== 'default', ...(classes && { classes: classes.value.length }) },
  };
}

function numbered(count: number): LabelsHint {
  return hint(
    Array.from({ length: count }, (_, i) => String(i)),
    'default',
    'Nothing names the classes.',
  );
}

/** Names that people gave, from beside a model that only numbers its classes; else what the model calls them. */
function labelsOf(facts: ModelFacts, classes: LabelsHint): LabelsHint {
  const isNumbered = classes.value.every((name) => /^-?\d+$/.test(name));
  return (isNumbered ? findLabels(facts, classes.value.length) : undefined) ?? classes;
}
