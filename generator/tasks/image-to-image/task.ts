import { describeTensor } from '../../hints/describe.ts';
import { hint, type Hint, type Hints } from '../../hints/hint.ts';
import type { TensorSpec } from '../../model/spec.ts';
import { fromSideFiles } from '../../pictures/from-side-files.ts';
import { guessPicture, noPicture, PICTURE_INPUT, sizeHint } from '../../pictures/guess.ts';
import { fromMetadata } from '../../pictures/metadata.ts';
import type { Preprocessing } from '../../pictures/preprocessing.ts';
import { PREPROCESSING_QUESTIONS } from '../../pictures/questions.ts';
import { fixedByGraph } from '../../pictures/signature.ts';
import { taskHandler } from '../task-source.ts';
import type { Fit, GuessOf, ModelFacts, TaskModule } from '../task.ts';
import { imageToImageFixtures } from './fixtures.ts';
import { imageToImageOperation } from './operation.ts';
import { RESULT_QUESTIONS } from './questions.ts';
import { imageToImageReadme } from './readme.ts';
import { pictureOf, type PictureOutput } from './result.ts';
import type { ImageToImage } from './settings.ts';
import { answersOfImageToImage, settleImageToImage } from './settle.ts';
import { inputLike, valuesOf } from './values.ts';

const EXPECTED = `${PICTURE_INPUT}, and an output of 1, 3 or 4 channels that is as large, or a whole number of times as large`;

/** Pictures in, pictures out. */
export const imageToImage: TaskModule<ImageToImage> = {
  kind: 'image-to-image',
  name: 'Image to image',
  title: 'a picture in, a picture out',
  fit,
  guess,
  sizeHint,
  questions: [...PREPROCESSING_QUESTIONS, ...RESULT_QUESTIONS, 'pictures', 'megapixels'],
  settle: ({ task }, answers) => settleImageToImage(task, answers),
  answers: answersOfImageToImage,
  classes: () => undefined,
  operation: imageToImageOperation,
  fixtures: imageToImageFixtures,
  readme: imageToImageReadme,
  handler: taskHandler('image-to-image', 'imageToImage', 'pictures', ['negotiator']),
};

function fit(facts: ModelFacts): Fit {
  const misfit = (got: string): Fit => ({ kind: 'misfit', expected: EXPECTED, got });
  const got = noPicture(facts);
  if (got !== undefined) return misfit(got);
  if (outputOf(facts)) return { kind: 'fits' };
  if (!facts.trial) return { kind: 'unsure', why: 'only a trial run tells how large outputs are' };
  return misfit(`no output is a picture of the input's size: ${facts.outputs.map(describeTensor).join(', ')}`);
}

function outputOf(facts: ModelFacts): PictureOutput | undefined {
  const [input] = facts.inputs as readonly [TensorSpec];
  return pictureOf(facts, input, fixedByGraph(input, facts).layout ?? 'NCHW');
}

function guess(facts: ModelFacts): GuessOf<ImageToImage> {
  const output = outputOf(facts) as PictureOutput;
  const { tensor, channels, layout, scale } = output;
  const said = { ...fromSideFiles(facts.sideFiles), ...fromMetadata(facts.spec.metadata) };
  const values = valuesOf(tensor, facts, said);
  const { input, preprocessing, settings, hints } = guessPicture(facts, preferences(facts, output, values));
  const colors = colorsOf(output, settings.colorOrder);
  const enlarged = hint(
    scale,
    facts.trial ? 'trial' : 'graph',
    `Output ${tensor.name} is ${scale === 1 ? 'as' : `${scale} times as`} large as the input.`,
  );
  return {
    kind: 'image-to-image',
    labels: undefined,
    task: {
      kind: 'image-to-image',
      input: input.name,
      output: tensor.name,
      preprocessing: settings,
      result: { colors: colors.value, layout, values: values.value },
      scale,
      size: 'model',
    },
    reasons: Object.entries({ ...preprocessing, colors, values, scale: enlarged }).map(([field, of]) => ({
      field,
      hint: of,
    })),
    hints: { picture: { ...hints, habits: 'none' }, result: { channels, colors: colors.value, values } },
  };
}

/** How pictures go in where nobody says it: in the numbers in which they come out, whole, and at their own size where that is open. */
function preferences(
  facts: ModelFacts,
  { channels }: PictureOutput,
  values: Hint<ImageToImage['result']['values']>,
): Hints<Preprocessing> {
  const [input] = facts.inputs as readonly [TensorSpec];
  const fixed = fixedByGraph(input, facts);
  const open = fixed.width === undefined && fixed.height === undefined;
  const resize: Preprocessing['resize'] = { kind: open ? 'none' : 'stretch' };
  return {
    resize: hint(resize, 'default', open ? 'The graph takes any size.' : 'The whole picture.'),
    ...(fixed.channels === channels && inputLike(values, channels)),
  };
}

function colorsOf(
  { channels, scale }: PictureOutput,
  order: Preprocessing['colorOrder'],
): Hint<ImageToImage['result']['colors']> {
  if (channels === 4) return hint('RGBA', 'graph', 'The output has 4 channels.');
  if (channels === 3) return hint(order === 'BGR' ? 'BGR' : 'RGB', 'default', 'As the picture that goes in.');
  return order === 'gray' && scale > 1
    ? hint('luma', 'graph', 'One channel that is enlarged: most such models were trained with the light of pictures.')
    : hint('gray', 'graph', 'The output has 1 channel.');
}
