import { hint, type Hint } from '../hints/hint.ts';
import { stringAt } from '../hints/json-fields.ts';
import type { ScoresOutput } from '../pictures/signature.ts';
import type { ImageClassification } from '../tasks/image-classification/settings.ts';
import type { ModelFacts } from '../tasks/task.ts';
import { sideJson } from '../text/side-values.ts';

export type Scores = ImageClassification['scores'];

/** Operators that give each class a probability of its own, by the end of their name; over all classes, Softmax does. */
const EACH = /(^|:)(QLinear)?(Sigmoid|HardSigmoid)$/;
const SHARES = /(^|:)(QLinear)?Softmax$/;
const LOGITS =
  /(^|:)(QLinear|Fused)?(Gemm|MatMul|MatMulInteger|Conv|Add|GlobalAveragePool|ReduceMean|LogSoftmax|BatchNormalization)$/;
/** Where numbers keep to 0…1 they may miss it by this much. */
const SLACK = 1e-3;

/**
 * Logits or probabilities, of classes of which one holds or each for itself: by the operator that makes the output and by what config.json
 * says, else by the numbers of the trial runs.
 */
export function kindOfScores(
  { tensor, classes }: Pick<ScoresOutput, 'tensor' | 'classes'>,
  facts: ModelFacts,
): Hint<Scores> {
  const kind = byGraph(tensor.name, classes, facts) ?? byNumbers(tensor.name, classes, facts);
  const problem = problemOf(facts);
  if (kind.value !== 'logits' || problem === undefined) return kind;
  const several = problem === 'multi_label_classification';
  return hint(several ? 'multi-label-logits' : 'logits', 'side-file', `config.json says problem_type ${problem}.`);
}

/** What transformers trained the model for. */
export function problemOf({ sideFiles }: ModelFacts): string | undefined {
  return stringAt(sideJson(sideFiles, 'config'), 'problem_type');
}

function byGraph(output: string, classes: number, { spec }: ModelFacts): Hint<Scores> | undefined {
  const maker = spec.madeBy[output] ?? '';
  const why = `The output is made by ${maker}.`;
  if (EACH.test(maker) && classes > 1)
    return hint('multi-label-probabilities', 'graph', `${why} Several classes may hold.`);
  if (EACH.test(maker) || SHARES.test(maker)) return hint('probabilities', 'graph', why);
  return LOGITS.test(maker) ? hint('logits', 'graph', why) : undefined;
}

function byNumbers(output: string, classes: number, { trial }: ModelFacts): Hint<Scores> {
  const ran = trial?.outputs[output];
  if (!ran) return hint('logits', 'default', 'Nothing says that the output is probabilities.');
  if (ran.sumsToOne) return hint('probabilities', 'trial', 'In trial runs every row sums to 1.');
  const { min, max } = ran.range ?? { min: -Infinity, max: Infinity };
  const bounded = min >= -SLACK && max <= 1 + SLACK && max - min > SLACK;
  return bounded && classes > 1
    ? hint(
        'multi-label-probabilities',
        'trial',
        'In trial runs all numbers are between 0 and 1, and rows do not sum to 1.',
      )
    : hint('logits', 'trial', 'In trial runs rows do not sum to 1.');
}
