import { hint, type Hint } from '../../hints/hint.ts';
import type { TensorSpec } from '../../model/spec.ts';
import { rowOutputs } from '../../tabular/fit.ts';
import { valuesOfRow } from '../../tabular/signature.ts';
import { kindOfScores } from '../../classes/scores.ts';
import type { ModelFacts } from '../task.ts';
import type { Scores } from './settings.ts';

/** Where a classifier says what. */
export interface ClassOutputs {
  readonly label: TensorSpec | undefined;
  readonly scores: Hint<Scores> | undefined;
  /** How many classes the scores are of; 0 where they are none of classes. */
  readonly width: number;
  /** What the model calls its classes; undefined where it does not say. */
  readonly classes: Hint<readonly string[]> | undefined;
}

/** The outputs of a classifier; undefined where there is neither a class nor a score. */
export function classOutputs(facts: ModelFacts): ClassOutputs | undefined {
  const { label, numbers } = rowOutputs(facts);
  const found = scoreOutputs(facts, numbers, label !== undefined);
  const [first] = found;
  if (!first) return label && { label, scores: undefined, width: 0, classes: undefined };
  const columns = found.length > 1 ? found.length : (valuesOfRow(first, facts) as number);
  const kind = found.length > 1 ? kindOfColumns(facts, found) : kindOf(facts, first, columns, label !== undefined);
  const width = kind.value === 'probability' || kind.value === 'logit' ? 2 : columns;
  const classes = namesOf(facts, found, width, label);
  return {
    label,
    scores: hint({ outputs: found.map(({ name }) => name), kind: kind.value }, kind.source, kind.why),
    width: kind.value === 'raw' && !classes ? 0 : width,
    classes,
  };
}

/** skl2onnx can write an output for each class beside the class itself; else it is one with a column for each. */
function scoreOutputs({ spec }: ModelFacts, numbers: readonly TensorSpec[], beside: boolean): readonly TensorSpec[] {
  if (beside && numbers.length > 1 && numbers.every(({ dims }) => dims.length === 1)) return numbers;
  const named = numbers.find(({ name }) => spec.classNames[name] ?? /prob/i.test(name));
  const scores = named ?? numbers.find(({ name }) => !spec.readInside.includes(name)) ?? numbers[0];
  return scores ? [scores] : [];
}

const isWithin = ({ trial }: ModelFacts, { name }: TensorSpec): boolean => {
  const range = trial?.outputs[name]?.range;
  return range ? range.min >= 0 && range.max <= 1 : false;
};

function kindOfColumns(facts: ModelFacts, outputs: readonly TensorSpec[]): Hint<Scores['kind']> {
  return outputs.every((output) => isWithin(facts, output))
    ? hint('probabilities', 'trial', 'In trial runs all are between 0 and 1.')
    : hint('raw', 'trial', 'In trial runs they are no probabilities.');
}

function kindOf(facts: ModelFacts, output: TensorSpec, columns: number, beside: boolean): Hint<Scores['kind']> {
  const { trial, spec } = facts;
  const { name } = output;
  const ran = trial?.outputs[name];
  const one = columns === 1;
  if (ran?.sumsToOne) return hint('probabilities', 'trial', 'In trial runs every row sums to 1.');
  const within = isWithin(facts, output);
  if (beside) {
    // Beside the class itself, what is no probability is a distance or a margin.
    const said = /prob/i.test(name) || spec.classNames[name] !== undefined;
    const likely = said && (ran?.range ? within : !trial?.ran);
    if (likely) return hint(one ? 'probability' : 'probabilities', 'trial', `${name} is between 0 and 1.`);
    return hint('raw', ran ? 'trial' : 'graph', `${name} is answered as it is.`);
  }
  const { value, source, why } = kindOfScores({ tensor: output, classes: columns }, facts);
  const probable = value.endsWith('probabilities') || (one && source === 'trial' && within);
  if (one) return hint(probable ? 'probability' : 'logit', source, why);
  return hint(probable ? 'probabilities' : 'logits', source, why);
}

function namesOf(
  { spec }: ModelFacts,
  outputs: readonly TensorSpec[],
  width: number,
  label: TensorSpec | undefined,
): Hint<readonly string[]> | undefined {
  if (outputs.length === 1) {
    const said = [outputs[0], label].map((output) => spec.classNames[output?.name ?? '']);
    const names = said.find((one) => one?.length === width);
    return names && hint(names, 'graph', 'The model names its classes.');
  }
  // skl2onnx writes i0 for the class 0.
  const names = outputs.map(({ name }) => name);
  const whole = names.every((name) => /^i-?\d+$/.test(name));
  return hint(whole ? names.map((name) => name.slice(1)) : names, 'graph', 'Each class has an output.');
}
