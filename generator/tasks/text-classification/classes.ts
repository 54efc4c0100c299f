import { findLabels } from '../../hints/find-labels.ts';
import { hint, type Hint } from '../../hints/hint.ts';
import { stringAt } from '../../hints/json-fields.ts';
import { scoresOf, type ScoresOutput } from '../../pictures/signature.ts';
import { sideJson } from '../../text/side-values.ts';
import { kindOfScores, type Scores } from '../image-classification/scores.ts';
import type { LabelsHint, ModelFacts } from '../task.ts';

/** Fewer numbers than this are hardly a vector, unless they are called so. */
const FEW = 32;
const VECTOR = /embed|hidden|pool|feat/i;
const SCORES = /logit|prob|score|label|class|pred/i;
const SHARES = /(Softmax|Sigmoid|Classifier|ZipMap)$/;

/** The output with a score a class, where something says that it is that. */
export function classesOutput(facts: ModelFacts): ScoresOutput | undefined {
  const output = scoresOf(facts);
  if (!output || output.classes < 2) return undefined;
  const { name } = output.tensor;
  const said =
    SCORES.test(name) ||
    SHARES.test(facts.spec.madeBy[name] ?? '') ||
    labelsOf(facts, output) !== undefined ||
    (output.classes <= FEW && !VECTOR.test(name));
  return said ? output : undefined;
}

/** Class names out of the graph, or from beside it. */
export function labelsOf(facts: ModelFacts, { tensor, classes }: ScoresOutput): LabelsHint | undefined {
  const own = facts.spec.classNames[tensor.name];
  return own?.length === classes
    ? hint(own, 'graph', `The graph names the columns of ${tensor.name}.`)
    : findLabels(facts, classes);
}

/** Logits or probabilities, of classes of which one holds, or each for itself. */
export function scoresHint(facts: ModelFacts, { tensor }: ScoresOutput): Hint<Scores> {
  const kind = kindOfScores(tensor.name, facts);
  const problem = problemOf(facts);
  if (kind.value !== 'logits' || problem === undefined) return kind;
  const several = problem === 'multi_label_classification';
  return hint(several ? 'multi-label-logits' : 'logits', 'side-file', `config.json says problem_type ${problem}.`);
}

/** What transformers trained the model for. */
export function problemOf({ sideFiles }: ModelFacts): string | undefined {
  return stringAt(sideJson(sideFiles, 'config'), 'problem_type');
}
