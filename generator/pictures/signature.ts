import { own } from '../own.ts';
import type { Preprocessing } from './preprocessing.ts';
import { layoutOf } from '../model/shapes.ts';
import type { Dim, ElementType, TensorSpec } from '../model/spec.ts';
import { hint, type Hints } from '../hints/hint.ts';
import type { ModelFacts } from '../tasks/task.ts';

/** What the graph itself fixes: another answer can't work. */
export interface FixedByGraph {
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly channels: 1 | 3 | undefined;
  readonly layout: Preprocessing['layout'] | undefined;
  /** The graph takes bytes: 0…255 go in as they are. */
  readonly bytes: boolean;
}

export interface ScoresOutput {
  readonly tensor: TensorSpec;
  readonly classes: number;
  readonly source: 'graph' | 'trial';
}

/** What scores are; halves are cast. */
const FLOATS: readonly ElementType[] = ['float32', 'float64'];

/** Names that exporters give to scores. */
const SCORES_NAME = /^(?!.*(feat|embed|hidden|token)).*(logit|prob|score|softmax|class|label|pred)/i;

/**
 * The output with the scores: a row of floats, all dims 1 but the batch and one more. Of several rows features, confidences and
 * other steps stand back: in this order a row of more than one number, with a telling name, that nothing in the graph reads, the first.
 */
export function scoresOf(facts: ModelFacts): ScoresOutput | undefined {
  const { spec } = facts;
  const rows = facts.outputs.flatMap((tensor) => scoresIn(tensor, facts));
  const rank = ({ tensor, classes }: ScoresOutput): number =>
    (classes > 1 ? 4 : 0) + (SCORES_NAME.test(tensor.name) ? 2 : 0) + (spec.readInside.includes(tensor.name) ? 0 : 1);
  return rows.toSorted((a, b) => rank(b) - rank(a))[0];
}

function scoresIn(tensor: TensorSpec, { trial, inputs: [input] }: ModelFacts): ScoresOutput[] {
  if (!FLOATS.includes(tensor.elementType)) return [];
  const dims = trial?.outputs[tensor.name]?.dims ?? tensor.dims;
  const classes = rowLength(dims);
  const [batch] = (input && trial?.inputs[input.name]) ?? input?.dims ?? [];
  // As many rows as pictures or texts: others are of boxes or steps.
  if (classes === undefined || (dims.length > 1 && differ(dims[0], batch))) return [];
  return [{ tensor, classes, source: rowLength(tensor.dims) === classes ? 'graph' : 'trial' }];
}

const differ = (a: Dim | undefined, b: Dim | undefined): boolean =>
  typeof a === 'number' && typeof b === 'number' && a !== b;

/** K of a shape N×K, N×K×1×1, N×1×1×K, or K alone. */
function rowLength(dims: readonly (number | string | null)[]): number | undefined {
  const rest = dims.length > 1 ? dims.slice(1) : dims;
  if (rest.length === 0 || rest.some((dim) => typeof dim !== 'number')) return undefined;
  const wide = (rest as number[]).filter((dim) => dim !== 1);
  return wide.length <= 1 ? (wide[0] ?? 1) : undefined;
}

function layoutOfInput(input: TensorSpec, { trial }: ModelFacts): Preprocessing['layout'] | undefined {
  return layoutOf(input.dims) ?? (trial && layoutOf(own(trial.inputs, input.name) ?? []));
}

export function channelsOf(input: TensorSpec, facts: ModelFacts): 1 | 3 | undefined {
  const at = layoutOfInput(input, facts) === 'NHWC' ? 3 : 1;
  const dim = typeof input.dims[at] === 'number' ? input.dims[at] : facts.trial?.inputs[input.name]?.[at];
  // Without a run, an open number of channels may be any.
  return dim === 1 || dim === 3 ? dim : typeof dim !== 'number' ? 3 : undefined;
}

export function fixedByGraph(input: TensorSpec, facts: ModelFacts): FixedByGraph {
  const layout = layoutOfInput(input, facts);
  const [height, width] = layout === 'NHWC' ? [input.dims[1], input.dims[2]] : [input.dims[2], input.dims[3]];
  return {
    width: typeof width === 'number' ? width : undefined,
    height: typeof height === 'number' ? height : undefined,
    channels: channelsOf(input, facts),
    layout,
    bytes: input.elementType === 'uint8',
  };
}

/** How quantised models take pictures. */
const SIGNED = 'The input takes signed bytes: the usual zero is 128.';

/** What the input's shape and type say of the preprocessing. */
export function graphHints(
  { width, height, channels, layout, bytes }: FixedByGraph,
  input: TensorSpec,
): Hints<Preprocessing> {
  const why = (what: string): string => `The input's shape says ${what}.`;
  const all = (value: number): number[] => Array<number>(channels ?? 3).fill(value);
  return {
    ...(width !== undefined && { width: hint(width, 'graph', why(`width ${width}`)) }),
    ...(height !== undefined && { height: hint(height, 'graph', why(`height ${height}`)) }),
    ...(layout && {
      layout: layoutOf(input.dims)
        ? hint(layout, 'graph', why(layout))
        : hint(layout, 'trial', `The graph leaves all dims open; it runs as ${layout}.`),
    }),
    ...(channels === 1 && { colorOrder: hint('gray' as const, 'graph', why('1 channel')) }),
    ...(input.elementType === 'int8' && {
      rescaleFactor: hint(1, 'default', SIGNED),
      mean: hint(all(128), 'default', SIGNED),
      std: hint(all(1), 'default', SIGNED),
    }),
    ...(bytes && {
      rescaleFactor: hint(1, 'graph', 'The input takes bytes.'),
      mean: hint(all(0), 'graph', 'The input takes bytes.'),
      std: hint(all(1), 'graph', 'The input takes bytes.'),
    }),
  };
}
