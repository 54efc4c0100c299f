import type { TensorSpec } from '../../model/spec.ts';
import { describeTensor } from '../../hints/describe.ts';
import { findLabels } from '../../hints/find-labels.ts';
import { hint, type Hint } from '../../hints/hint.ts';
import { kindOfScores, type Scores } from '../../classes/scores.ts';
import { guessPicture, noPicture, PICTURE_INPUT, sizeHint } from '../../pictures/guess.ts';
import type { PreprocessingHints } from '../../pictures/guess.ts';
import { scoresOf, type FixedByGraph, type ScoresOutput } from '../../pictures/signature.ts';
import type { Fit, GuessOf, ModelFacts, TaskModule } from '../task.ts';
import { pictureFixtures, type Said } from '../../pictures/picture-fixtures.ts';
import { PREPROCESSING_QUESTIONS } from '../../pictures/questions.ts';
import type { Prediction } from '../../expected.ts';
import { taskHandler } from '../task-source.ts';
import { classifyOperation } from './operation.ts';
import { runOracle } from './oracle.ts';
import { classifyReadme } from './readme.ts';
import type { ImageClassification } from './settings.ts';
import { answersOfClassifier, settleClassifier } from './settle.ts';

export interface ImageClassificationGuess extends GuessOf<ImageClassification> {
  readonly fixed: FixedByGraph;
  readonly classes: Hint<number>;
  readonly scores: Hint<Scores>;
  readonly preprocessing: PreprocessingHints;
}

const TOP = 5;
const EXPECTED = `${PICTURE_INPUT}, and an output N×K with a score a class`;

/** Pictures in, a score for each class out. */
export const imageClassification: TaskModule<ImageClassification, ImageClassificationGuess> = {
  kind: 'image-classification',
  name: 'Image classification',
  title: 'a picture in, a score for each class out',
  fit,
  guess,
  sizeHint,
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
        const best = (predictions: Prediction[]): Said => ({
          response: { predictions: predictions.slice(0, settings.top) },
        });
        return Object.fromEntries(Object.entries(said).map(([file, predictions]) => [file, best(predictions)]));
      },
    });
  },
  readme: classifyReadme,
  handler: taskHandler('image-classification', 'imageClassification', 'pictures'),
};

function fit(facts: ModelFacts): Fit {
  const misfit = (got: string): Fit => ({ kind: 'misfit', expected: EXPECTED, got });
  const { outputs, spec } = facts;
  const got = noPicture(facts);
  if (got !== undefined) return misfit(got);
  const output = scoresOf(facts);
  if (output?.classes === 1 && kindOfScores(output, facts).value === 'logits') {
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
  const output = scoresOf(facts) as ScoresOutput;
  const { input, fixed, preprocessing, settings, hints } = guessPicture(facts);
  const classes = hint(output.classes, output.source, `Output ${output.tensor.name} has ${output.classes} scores.`);
  const scores = kindOfScores(output, facts);
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
      picture: hints,
    },
    task: {
      kind: 'image-classification',
      input: input.name,
      output: output.tensor.name,
      scores: scores.value,
      classes: classes.value,
      top: Math.min(TOP, classes.value),
      preprocessing: settings,
    },
    reasons: [
      ...Object.entries({ classes, scores, ...preprocessing }).map(([field, of]) => ({ field, hint: of })),
      ...(labels ? [{ field: 'labels', hint: labels }] : []),
    ],
  };
}
