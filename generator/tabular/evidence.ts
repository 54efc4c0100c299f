import { hint, type Hint } from '../hints/hint.ts';
import type { ModelFacts } from '../tasks/task.ts';
import { namesBeside } from './feature-names.ts';

/** Who writes models of tables only. */
const PRODUCERS = /skl2onnx|onnxmltools|lightgbm|xgboost|catboost|hummingbird|sklearn/i;
const ML = 'ai.onnx.ml:';

/** Operators that make something of a value that is missing. */
const MISSING = /^(ai\.onnx\.ml:(Imputer|TreeEnsemble\w*)|IsNaN)$/;

/** What says that a model's numbers are features of rows, and not anything else: undefined where nothing does. */
export function evidence({ spec, sideFiles }: ModelFacts, width: number): Hint<string> | undefined {
  const operator = Object.keys(spec.operators).find((name) => name.startsWith(ML));
  if (operator !== undefined) return hint(operator.slice(ML.length), 'graph', `It has ${operator}.`);
  if (PRODUCERS.test(spec.producer)) return hint(spec.producer, 'graph', `${spec.producer} made it.`);
  const names = namesBeside({ spec, sideFiles }, width);
  return names && hint('named features', names.source, names.why);
}

/** Whether a number may be missing. */
export function mayMiss({ spec, inputs }: ModelFacts): Hint<boolean> {
  const operator = Object.keys(spec.operators).find((name) => MISSING.test(name));
  if (operator === undefined) return hint(false, 'graph', 'No operator is made for values that are missing.');
  const numbers = inputs.some(({ elementType }) => elementType.startsWith('float'));
  return hint(numbers, 'graph', `${operator} can do without a number.`);
}
