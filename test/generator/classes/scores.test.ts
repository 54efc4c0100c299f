import { kindOfScores } from '../../../generator/classes/scores.ts';
import type { TrialOutput } from '../../../generator/model/trial.ts';
import type { ModelFacts } from '../../../generator/tasks/task.ts';

const tensor = { name: 'y', elementType: 'float32', dims: [1, 3] } as const;

interface Said {
  readonly maker?: string;
  readonly ran?: Partial<TrialOutput>;
  readonly problem?: string;
  readonly classes?: number;
}

function kindOf({ maker, ran, problem, classes = 3 }: Said): readonly [string, string] {
  const facts = {
    spec: { madeBy: maker === undefined ? {} : { y: maker } },
    trial: ran && {
      outputs: { y: { dims: [1, classes], varies: [], sumsToOne: false, range: null, ranges: [], ...ran } },
    },
    sideFiles:
      problem === undefined
        ? []
        : [{ role: 'config', path: 'config.json', text: JSON.stringify({ problem_type: problem }) }],
  };
  const { value, source } = kindOfScores({ tensor, classes }, facts as unknown as ModelFacts);
  return [value, source];
}

test.each<[string, Said, string, string]>([
  ['Softmax', { maker: 'Softmax' }, 'probabilities', 'graph'],
  ['Sigmoid of several', { maker: 'Sigmoid' }, 'multi-label-probabilities', 'graph'],
  ['Sigmoid of one', { maker: 'Sigmoid', classes: 1 }, 'probabilities', 'graph'],
  ['quantised Sigmoid', { maker: 'com.microsoft:QLinearSigmoid' }, 'multi-label-probabilities', 'graph'],
  ['Gemm', { maker: 'Gemm' }, 'logits', 'graph'],
  [
    'Gemm and problem type',
    { maker: 'Gemm', problem: 'multi_label_classification' },
    'multi-label-logits',
    'side-file',
  ],
  ['Gemm and another problem type', { maker: 'Gemm', problem: 'single_label_classification' }, 'logits', 'side-file'],
  [
    'Softmax against problem type',
    { maker: 'Softmax', problem: 'multi_label_classification' },
    'probabilities',
    'graph',
  ],
  ['rows of sum 1', { ran: { sumsToOne: true, range: { min: 0, max: 1 } } }, 'probabilities', 'trial'],
  ['rows of other sums in 0…1', { ran: { range: { min: 0.01, max: 0.9 } } }, 'multi-label-probabilities', 'trial'],
  ['one number in 0…1', { ran: { range: { min: 0.01, max: 0.9 } }, classes: 1 }, 'logits', 'trial'],
  ['always the same number', { ran: { range: { min: 0, max: 0 } } }, 'logits', 'trial'],
  ['numbers beyond', { ran: { range: { min: -3, max: 4 } } }, 'logits', 'trial'],
  ['nothing', {}, 'logits', 'default'],
])('%s', (_, said, value, source) => expect(kindOf(said)).toEqual([value, source]));
