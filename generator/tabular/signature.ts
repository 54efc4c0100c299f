import { describeTensor } from '../hints/describe.ts';
import type { TensorSpec } from '../model/spec.ts';
import type { ModelFacts } from '../tasks/task.ts';

/** More features than this nobody names; their schema would not fit a model of API Gateway. */
const MOST_FEATURES = 1000;

/** An input with the number of its columns. */
export interface Column {
  readonly tensor: TensorSpec;
  readonly width: number;
}

export const ROWS_INPUT = `inputs N×F, N×1 or N with at most ${MOST_FEATURES} features together`;

/** Inputs that rows of features go into; in words, why not, where they are others. */
export function columnsOf({ inputs, spec, trial }: ModelFacts): readonly Column[] | string {
  const strange = spec.otherValues.find(({ side }) => side === 'input');
  if (strange) return `input ${strange.name} is a ${strange.type}`;
  const columns = inputs.map((tensor) => ({ tensor, width: widthOf(ranAs(tensor, trial?.inputs[tensor.name])) }));
  const other = columns.find(({ tensor, width }) => width === undefined || tensor.name === '__proto__');
  if (other) return `an input is ${describeTensor(other.tensor)}`;
  const found = columns as Column[];
  const features = found.reduce((sum, { width }) => sum + width, 0);
  if (features === 0 || features > MOST_FEATURES) return `there are ${features} features`;
  const batches = new Set(inputs.map(({ dims: [batch] }) => (typeof batch === 'number' ? batch : null)));
  return batches.size > 1 ? 'the inputs take different numbers of rows' : found;
}

/** What only a run tells is the rank; sizes that are open stay so. */
function ranAs(tensor: TensorSpec, ran: readonly number[] | undefined): TensorSpec['dims'] {
  return tensor.dims.length > 0 || !ran ? tensor.dims : ran.map(() => null);
}

function widthOf([batch, width = 1, ...more]: TensorSpec['dims']): number | undefined {
  if (batch === undefined || batch === 0 || more.length > 0) return undefined;
  return typeof width === 'number' && width > 0 ? width : undefined;
}

/** How many values an output has for each row; undefined where it is something else. */
export function valuesOfRow({ name, dims }: TensorSpec, { trial }: Pick<ModelFacts, 'trial'>): number | undefined {
  return widthOf(trial?.outputs[name]?.dims ?? dims);
}
