import { describeTensor } from '../hints/describe.ts';
import type { TensorSpec } from '../model/spec.ts';
import type { Fit, ModelFacts } from '../tasks/task.ts';
import { evidence } from './evidence.ts';
import { columnsOf, ROWS_INPUT, valuesOfRow } from './signature.ts';

/** What a task on tables looks for in a model's outputs. */
export interface Wanted {
  /** In words: `and an output with …`. */
  readonly output: string;
  /** Whether the outputs serve the task; `possible` where they do, and mean something else to most. */
  readonly serves: (facts: ModelFacts) => 'likely' | 'possible' | 'no';
}

/** Whether a model takes rows of features and answers with what is wanted of each. */
export function fitRows(facts: ModelFacts, { output, serves }: Wanted): Fit {
  const misfit = (got: string): Fit => ({ kind: 'misfit', expected: `${ROWS_INPUT}, and ${output}`, got });
  const columns = columnsOf(facts);
  if (typeof columns === 'string') return misfit(columns);
  const { outputs, trial, spec } = facts;
  const open = outputs.find(
    (tensor) => spec.unknownRank.includes(tensor.name) || valuesOfRow(tensor, facts) === undefined,
  );
  if (open && !trial) return { kind: 'unsure', why: `only a trial run tells the shape of ${describeTensor(open)}` };
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const served = serves(facts);
  if (served === 'no') return misfit(`the outputs are ${outputs.map(describeTensor).join(', ')}`);
  const why =
    served === 'likely' ? 'nothing says that its numbers are features' : 'its outputs say something else to most';
  return served === 'likely' && evidence(facts, width) ? { kind: 'fits' } : { kind: 'possible', why };
}

const isOf =
  (types: readonly string[]) =>
  (tensor: TensorSpec): boolean =>
    types.includes(tensor.elementType);
const isFloat = isOf(['float32', 'float64']);
const isClass = isOf(['int64', 'int32', 'string', 'bool']);

/** Outputs with numbers for each row, and the one with a class for each row. */
export function rowOutputs(facts: ModelFacts): {
  readonly label: TensorSpec | undefined;
  readonly numbers: readonly TensorSpec[];
} {
  const { outputs } = facts;
  const width = (tensor: TensorSpec): number | undefined => valuesOfRow(tensor, facts);
  return {
    label: outputs.find((tensor) => isClass(tensor) && width(tensor) === 1),
    numbers: outputs.filter((tensor) => isFloat(tensor) && width(tensor) !== undefined),
  };
}
