import type { Preprocessing } from '../blueprint.ts';
import type { TensorSpec } from '../model/spec.ts';
import { describeTensor } from './describe.ts';
import { findLabels } from './find-labels.ts';
import { firstOf, hint, type Hint } from './hint.ts';
import { fromMetadata } from './image-metadata.ts';
import { imageDefaults } from './image-defaults.ts';
import { kindOfScores, type Scores } from './image-scores.ts';
import { fromSideFiles } from './image-side-files.ts';
import { channelsOf, fixedByGraph, graphHints, scoresOf } from './image-signature.ts';
import type { FixedByGraph, ScoresOutput } from './image-signature.ts';
import type { Fit, GuessOf, ModelFacts, TaskModule } from './task.ts';

type Kind = 'image-classification';

export interface ImageClassificationGuess extends GuessOf<Kind> {
  readonly fixed: FixedByGraph;
  readonly classes: Hint<number>;
  readonly scores: Hint<Scores>;
  readonly preprocessing: { readonly [Key in keyof Preprocessing]: Hint<Preprocessing[Key]> };
}

const TOP = 5;
const EXPECTED =
  'one input of float32, float16 or uint8 with 4 dims, N×C×H×W or N×H×W×C, 1 or 3 channels, and an output N×K with a score a class';
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
    return misfit(`there are ${inputs.length} inputs: ${inputs.map(describeTensor).join(', ')}`);
  if (input.dims.length !== 4) return misfit(`the input is ${describeTensor(input)}`);
  if (!['float32', 'uint8'].includes(input.elementType)) return misfit(`the input is ${describeTensor(input)}`);
  if (!channelsOf(input, facts)) return misfit(`the input has neither 1 nor 3 channels: ${describeTensor(input)}`);
  const output = scoresOf(facts);
  if (output?.classes === 1 && kindOfScores(output.tensor.name, facts).value === 'logits') {
    return misfit(`the output is one number that is no probability: ${describeTensor(output.tensor)}`);
  }
  if (output) return { kind: 'fits' };
  const open = outputs.find(
    ({ name, dims }) => spec.unknownRank.includes(name) || dims.some((dim) => dim === null || typeof dim === 'string'),
  );
  if (open && !facts.trial)
    return { kind: 'unsure', why: `only a trial run tells the shape of ${describeTensor(open)}` };
  return misfit(
    `no output is a row of float scores: ${(facts.trial ? ranOutputs(facts) : outputs).map(describeTensor).join(', ')}`,
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
