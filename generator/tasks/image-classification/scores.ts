import type { ImageClassification } from './settings.ts';
import { hint, type Hint } from '../../hints/hint.ts';
import type { ModelFacts } from '../task.ts';

export type Scores = ImageClassification['scores'];

/** Operators whose results are probabilities, by the end of their name. */
const PROBABILITIES = /(^|:)(QLinear)?(Softmax|Sigmoid|HardSigmoid)$/;
const LOGITS =
  /(^|:)(QLinear|Fused)?(Gemm|MatMul|MatMulInteger|Conv|Add|GlobalAveragePool|ReduceMean|LogSoftmax|BatchNormalization)$/;

/** Logits or probabilities: by the operator that makes the output, else by the numbers of the trial runs. */
export function kindOfScores(output: string, { spec, trial }: ModelFacts): Hint<Scores> {
  const maker = spec.madeBy[output];
  if (maker && PROBABILITIES.test(maker)) return hint('probabilities', 'graph', `The output is made by ${maker}.`);
  if (maker && LOGITS.test(maker)) return hint('logits', 'graph', `The output is made by ${maker}.`);
  const ran = trial?.outputs[output];
  if (ran?.sumsToOne) return hint('probabilities', 'trial', 'In trial runs every row sums to 1.');
  if (ran) return hint('logits', 'trial', 'In trial runs rows do not sum to 1.');
  return hint('logits', 'default', 'Nothing says that the output is probabilities.');
}
