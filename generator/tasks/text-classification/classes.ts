import { findLabels } from '../../hints/find-labels.ts';
import { hint } from '../../hints/hint.ts';
import { scoresOf, type ScoresOutput } from '../../pictures/signature.ts';
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
