import type { Preprocessing } from '../../pictures/preprocessing.ts';
import type { PictureHints } from '../../questions/context.ts';
import type { TensorSpec } from '../../model/spec.ts';
import { describeTensor } from '../../hints/describe.ts';
import { findLabels } from '../../hints/find-labels.ts';
import { firstOf, hint, type Hint } from '../../hints/hint.ts';
import { fromMetadata } from '../../pictures/metadata.ts';
import { imageDefaults } from '../../pictures/defaults.ts';
import { kindOfScores, type Scores } from './scores.ts';
import { fromSideFiles } from '../../pictures/from-side-files.ts';
import { channelsOf, fixedByGraph, graphHints, scoresOf } from '../../pictures/signature.ts';
import type { FixedByGraph, ScoresOutput } from '../../pictures/signature.ts';
import type { Fit, GuessOf, ModelFacts, TaskModule } from '../task.ts';
import { pictureFixtures } from '../../pictures/picture-fixtures.ts';
import { PREPROCESSING_QUESTIONS } from '../../pictures/questions.ts';
import { runOracle } from '../../pictures/oracle.ts';
import type { Prediction } from '../../expected.ts';
import { taskSource } from '../task-source.ts';
import { classifyOperation } from './operation.ts';
import { classifyReadme } from './readme.ts';
import type { ImageClassification } from './settings.ts';
import { answersOfClassifier, settleClassifier } from './settle.ts';

export interface ImageClassificationGuess extends GuessOf<ImageClassification> {
  readonly fixed: FixedByGraph;
  readonly classes: Hint<number>;
  readonly scores: Hint<Scores>;
  readonly preprocessing: { readonly [Key in keyof Preprocessing]: Hint<Preprocessing[Key]> };
}

const TOP = 5;
const EXPECTED =
  'one input of float32, float16 or uint8 with 4 dims, N×C×H×W or N×H×W×C, 1 or 3 channels, and an output N×K with a score a class';
/** Pictures in, a score for each class out. */
export const imageClassification: TaskModule<ImageClassification, ImageClassificationGuess> = {
  kind: 'image-classification',
  name: 'Image classification',
  title: 'a picture in, a score for each class out',
  fit,
  guess,
  sizeHint(facts) {
    const { width, height } = firstOf<Preprocessing>(fromMetadata(facts.spec.metadata), fromSideFiles(facts.sideFiles));
    return width && height && { width: width.value, height: height.value };
  },
  questions: ['labels', 'scores', 'top', ...PREPROCESSING_QUESTIONS, 'pictures', 'megapixels'],
  settle: ({ task }, answers) => settleClassifier(task, answers),
  answers: answersOfClassifier,
  classes: ({ classes }) => classes,
  operation: classifyOperation,
  async fixtures(settings, parts) {
    const { served, labels, signal } = parts;
    return pictureFixtures(parts, {
      preprocessing: settings.preprocessing,
      event: { top: settings.top },
      ask: async (pictures) => {
        const said = await runOracle({ served, task: settings, labels, pictures, signal });
        const best = ([file, predictions]: [string, Prediction[]]): [string, { predictions: Prediction[] }] => [
          file,
          { predictions: predictions.slice(0, settings.top) },
        ];
        return Object.fromEntries(Object.entries(said).map(best));
      },
    });
  },
  readme: classifyReadme,
  handler: {
    folders: ['pictures', 'tasks/image-classification'],
    runtime: ['onnxruntime-node', 'sharp'],
    source: taskSource('image-classification', 'imageClassification'),
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
  if (facts.trial?.ran === false) return misfit(`it could not be run on made-up pictures: ${facts.trial.reason}`);
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

function pictureHints(
  { width, height, layout, channels, bytes }: FixedByGraph,
  preprocessing: ImageClassificationGuess['preprocessing'],
): PictureHints {
  const certain = Object.entries(preprocessing).filter(([, { source }]) => source !== 'default');
  const values = (entries: readonly (readonly [string, { value: unknown }])[]): unknown =>
    Object.fromEntries(entries.map(([part, { value }]) => [part, value]));
  return {
    fixed: { size: [width, height], layout, channels, bytes },
    preprocessing: values(certain) as Partial<Preprocessing>,
    likely: values(Object.entries(preprocessing)) as Preprocessing,
  };
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
    hints: {
      classes: classes.value,
      hasLabels: labels !== undefined,
      scores: scores.source === 'default' ? undefined : scores.value,
      picture: pictureHints(fixed, preprocessing),
    },
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
