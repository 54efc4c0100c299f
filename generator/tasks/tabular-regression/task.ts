import { hint } from '../../hints/hint.ts';
import type { TensorSpec } from '../../model/spec.ts';
import { featuresOf, renamed } from '../../tabular/columns.ts';
import { fitRows, rowOutputs } from '../../tabular/fit.ts';
import { guessRows } from '../../tabular/guess.ts';
import { rowFixtures } from '../../tabular/fixtures.ts';
import { valuesOfRow } from '../../tabular/signature.ts';
import { kindOfScores } from '../../classes/scores.ts';
import { taskHandler } from '../task-source.ts';
import type { Fit, GuessOf, ModelFacts, TaskModule } from '../task.ts';
import { regressRowsOperation } from './operation.ts';
import { regressRowsReadme } from './readme.ts';
import type { TabularRegression } from './settings.ts';

/** Rows of features in, a number for each out, or several. */
export const tabularRegression: TaskModule<TabularRegression> = {
  kind: 'tabular-regression',
  name: 'Tabular regression',
  title: 'rows of features in, a number for each out',
  fit,
  guess,
  sizeHint: () => undefined,
  questions: ['features'],
  settle: ({ task }, { features }) => ({ ...task, inputs: renamed(task.inputs, features) }),
  answers: (settings) => ({ features: featuresOf(settings) }),
  classes: () => undefined,
  operation: regressRowsOperation,
  fixtures: rowFixtures,
  readme: regressRowsReadme,
  handler: taskHandler('tabular-regression', 'tabularRegression', 'tabular'),
};

function fit(facts: ModelFacts): Fit {
  return fitRows(facts, {
    output: 'one output with numbers',
    serves: (all) => {
      const { label, numbers } = rowOutputs(all);
      const [output, ...others] = numbers;
      if (label || !output || others.length > 0) return 'no';
      return kindOfScores({ tensor: output, classes: valuesOfRow(output, all) ?? 1 }, all).value.endsWith('logits')
        ? 'likely'
        : 'possible';
    },
  });
}

function guess(facts: ModelFacts): GuessOf<TabularRegression> {
  const { columns, reasons, hints } = guessRows(facts);
  const [output] = rowOutputs(facts).numbers as readonly [TensorSpec];
  const targets = valuesOfRow(output, facts) as number;
  return {
    kind: 'tabular-regression',
    task: { kind: 'tabular-regression', ...columns, output: output.name, targets },
    labels: undefined,
    reasons: [
      ...reasons,
      {
        field: 'output',
        hint: hint(output.name, 'graph', `It holds ${targets === 1 ? 'a number' : `${targets} numbers`} for each row.`),
      },
    ],
    hints,
  };
}
