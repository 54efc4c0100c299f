import type { Preprocessing, Task } from '../blueprint.ts';
import { layoutOf } from '../model/shapes.ts';
import type { TensorSpec } from '../model/spec.ts';
import { findLabels } from './find-labels.ts';
import { firstOf, hint, type Hint, type Hints } from './hint.ts';
import { fromMetadata } from './image-metadata.ts';
import { imageDefaults } from './image-defaults.ts';
import { fromSideFiles } from './image-side-files.ts';
import type { Fit, GuessOf, ModelFacts, TaskModule } from './task.ts';

type Kind = 'image-classification';
type Scores = Extract<Task, { kind: Kind }>['scores'];

/** What the graph itself fixes: another answer can't work. */
export interface FixedByGraph {
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly channels: 1 | 3 | undefined;
  readonly layout: Preprocessing['layout'] | undefined;
  /** The graph takes bytes: 0…255 go in as they are. */
  readonly bytes: boolean;
}

export interface ImageClassificationGuess extends GuessOf<Kind> {
  readonly fixed: FixedByGraph;
  readonly classes: Hint<number>;
  readonly scores: Hint<Scores>;
  readonly preprocessing: { readonly [Key in keyof Preprocessing]: Hint<Preprocessing[Key]> };
}

const TOP = 5;
const EXPECTED =
  'one input of float32, float16 or uint8 with 4 dims, N×C×H×W or N×H×W×C, 1 or 3 channels, and an output N×K with a score a class';
/** Operators whose results are probabilities, by the end of their name. */
const PROBABILITIES = /(^|:)(QLinear)?(Softmax|Sigmoid|HardSigmoid)$/;
const LOGITS =
  /(^|:)(QLinear|Fused)?(Gemm|MatMul|MatMulInteger|Conv|Add|GlobalAveragePool|ReduceMean|LogSoftmax|BatchNormalization)$/;

/** Pictures in, a score for each class out. */
export const imageClassification: TaskModule<Kind, ImageClassificationGuess> = {
  kind: 'image-classification',
  title: 'a picture in, a score for each class out',
  fit,
  guess,
  sizeHint(facts) {
    const { width, height } = firstOf<Preprocessing>(fromMetadata(facts.spec.metadata), fromSideFiles(facts.sideFiles));
    return width && height && { width: width.value, height: height.value };
  },
};

function fit(facts: ModelFacts): Fit {
  const misfit = (got: string): Fit => ({ kind: 'misfit', expected: EXPECTED, got });
  const { inputs, outputs, spec } = facts;
  const [input, ...others] = inputs;
  const strange = spec.otherValues.find(({ side }) => side === 'input');
  if (strange) return misfit(`input ${strange.name} is a ${strange.type}`);
  if (!input || others.length > 0)
    return misfit(`there are ${inputs.length} inputs: ${inputs.map(tensorText).join(', ')}`);
  if (input.dims.length !== 4) return misfit(`the input is ${tensorText(input)}`);
  if (!['float32', 'uint8'].includes(input.elementType)) return misfit(`the input is ${tensorText(input)}`);
  if (!channelsOf(input, facts)) return misfit(`the input has neither 1 nor 3 channels: ${tensorText(input)}`);
  const output = scoresOf(facts);
  if (output?.classes === 1 && kindOfScores(output.tensor.name, facts).value === 'logits') {
    return misfit(`the output is one number that is no probability: ${tensorText(output.tensor)}`);
  }
  if (output) return { kind: 'fits' };
  const open = outputs.find(
    ({ name, dims }) => spec.unknownRank.includes(name) || dims.some((dim) => dim === null || typeof dim === 'string'),
  );
  if (open && !facts.trial) return { kind: 'unsure', why: `only a trial run tells the shape of ${tensorText(open)}` };
  return misfit(
    `no output is a row of float scores: ${(facts.trial ? ranOutputs(facts) : outputs).map(tensorText).join(', ')}`,
  );
}

/** Outputs with the shapes that a trial run showed. */
function ranOutputs({ outputs, trial }: ModelFacts): TensorSpec[] {
  return outputs.map((tensor) => ({ ...tensor, dims: trial?.outputs[tensor.name]?.dims ?? tensor.dims }));
}

function guess(facts: ModelFacts): ImageClassificationGuess {
  const [input] = facts.inputs as [TensorSpec];
  const output = scoresOf(facts) as ScoresOutput;
  const fixed = fixedByGraph(input, facts);
  const said = firstOf<Preprocessing>(
    graphHints(fixed, input),
    fromMetadata(facts.spec.metadata),
    fromSideFiles(facts.sideFiles),
  );
  const preprocessing = imageDefaults(said, fixed, facts);
  const classes = hint(output.classes, output.source, `Output ${output.tensor.name} has ${output.classes} scores.`);
  const scores = kindOfScores(output.tensor.name, facts);
  const labels = findLabels(facts, classes.value);
  return {
    kind: 'image-classification',
    fixed,
    classes,
    scores,
    preprocessing,
    labels,
    task: {
      kind: 'image-classification',
      input: input.name,
      output: output.tensor.name,
      scores: scores.value,
      classes: classes.value,
      top: Math.min(TOP, classes.value),
      preprocessing: Object.fromEntries(
        Object.entries(preprocessing).map(([key, { value }]) => [key, value]),
      ) as unknown as Preprocessing,
    },
    reasons: [
      ...Object.entries({ classes, scores, ...preprocessing }).map(([field, of]) => ({ field, hint: of })),
      ...(labels ? [{ field: 'labels', hint: labels }] : []),
    ],
  };
}

interface ScoresOutput {
  readonly tensor: TensorSpec;
  readonly classes: number;
  readonly source: 'graph' | 'trial';
}

/** The first output that is a row of scores: all dims are 1 but the batch and one more. */
function scoresOf({ outputs, trial }: ModelFacts): ScoresOutput | undefined {
  for (const tensor of outputs) {
    if (tensor.elementType !== 'float32') continue;
    const ran = trial?.outputs[tensor.name]?.dims;
    const classes = rowLength(ran ?? tensor.dims);
    if (classes === undefined) continue;
    return { tensor, classes, source: rowLength(tensor.dims) === classes ? 'graph' : 'trial' };
  }
  return undefined;
}

/** K of a shape N×K, N×K×1×1, N×1×1×K, or K alone. */
function rowLength(dims: readonly (number | string | null)[]): number | undefined {
  const rest = dims.length > 1 ? dims.slice(1) : dims;
  if (rest.length === 0 || rest.some((dim) => typeof dim !== 'number')) return undefined;
  const wide = (rest as number[]).filter((dim) => dim !== 1);
  return wide.length <= 1 ? (wide[0] ?? 1) : undefined;
}

function layoutOfInput(input: TensorSpec, { trial }: ModelFacts): Preprocessing['layout'] | undefined {
  return layoutOf(input.dims) ?? (trial && layoutOf(trial.inputs[input.name] ?? []));
}

function channelsOf(input: TensorSpec, facts: ModelFacts): 1 | 3 | undefined {
  const at = layoutOfInput(input, facts) === 'NHWC' ? 3 : 1;
  const dim = typeof input.dims[at] === 'number' ? input.dims[at] : facts.trial?.inputs[input.name]?.[at];
  // Without a run, an open number of channels may be any.
  return dim === 1 || dim === 3 ? dim : typeof dim !== 'number' ? 3 : undefined;
}

function fixedByGraph(input: TensorSpec, facts: ModelFacts): FixedByGraph {
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

function graphHints({ width, height, channels, layout, bytes }: FixedByGraph, input: TensorSpec): Hints<Preprocessing> {
  const why = (what: string): string => `The input's shape says ${what}.`;
  const zeros = Array<number>(channels ?? 3).fill(0);
  return {
    ...(width !== undefined && { width: hint(width, 'graph', why(`width ${width}`)) }),
    ...(height !== undefined && { height: hint(height, 'graph', why(`height ${height}`)) }),
    ...(layout && {
      layout: layoutOf(input.dims)
        ? hint(layout, 'graph', why(layout))
        : hint(layout, 'trial', `The graph leaves all dims open; it runs as ${layout}.`),
    }),
    ...(channels === 1 && { colorOrder: hint('gray' as const, 'graph', why('1 channel')) }),
    ...(bytes && {
      rescaleFactor: hint(1, 'graph', 'The input takes bytes.'),
      mean: hint(zeros, 'graph', 'The input takes bytes.'),
      std: hint(
        zeros.map(() => 1),
        'graph',
        'The input takes bytes.',
      ),
    }),
  };
}

/** Logits or probabilities: by the operator that makes the output, else by the numbers of the trial runs. */
function kindOfScores(output: string, { spec, trial }: ModelFacts): Hint<Scores> {
  const maker = spec.madeBy[output];
  if (maker && PROBABILITIES.test(maker)) return hint('probabilities', 'graph', `The output is made by ${maker}.`);
  if (maker && LOGITS.test(maker)) return hint('logits', 'graph', `The output is made by ${maker}.`);
  const ran = trial?.outputs[output];
  if (ran?.sumsToOne) return hint('probabilities', 'trial', 'In trial runs every row sums to 1.');
  if (ran) return hint('logits', 'trial', 'In trial runs rows do not sum to 1.');
  return hint('logits', 'default', 'Nothing says that the output is probabilities.');
}

function tensorText({ name, elementType, dims }: TensorSpec): string {
  return `${name} ${elementType}[${dims.map((dim) => dim ?? '?').join(', ')}]`;
}
