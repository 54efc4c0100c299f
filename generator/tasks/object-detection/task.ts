import { describeTensor } from '../../hints/describe.ts';
import { hint, type Hint } from '../../hints/hint.ts';
import { guessPicture, noPicture, PICTURE_INPUT, sizeHint } from '../../pictures/guess.ts';
import { PREPROCESSING_QUESTIONS } from '../../pictures/questions.ts';
import { taskHandler } from '../task-source.ts';
import type { Fit, GuessOf, ModelFacts, TaskModule } from '../task.ts';
import { DEFAULTS, usualPreprocessing } from './defaults.ts';
import { detectionFixtures } from './fixtures.ts';
import { classesOf } from './heads/answers.ts';
import type { HeadGuess } from './heads/head-guess.ts';
import { headsOf } from './heads/table.ts';
import { detectionLabels } from './labels.ts';
import { detectOperation } from './operation.ts';
import { DETECTION_QUESTIONS } from './questions.ts';
import { detectReadme } from './readme.ts';
import type { ObjectDetection } from './settings.ts';
import { answersOfDetector, settleDetector } from './settle.ts';

const EXPECTED = `${PICTURE_INPUT}, and outputs as YOLO, SSD, DETR, FastestDet, torchvision or TensorFlow detectors have them`;

/** Pictures in, boxes with their classes out. */
export const objectDetection: TaskModule<ObjectDetection> = {
  kind: 'object-detection',
  name: 'Object detection',
  title: 'a picture in, boxes with their classes out',
  fit,
  guess,
  sizeHint,
  questions: ['labels', ...DETECTION_QUESTIONS, ...PREPROCESSING_QUESTIONS, 'pictures', 'megapixels'],
  settle: settleDetector,
  answers: answersOfDetector,
  classes: ({ classes }) => classes ?? 'any',
  operation: detectOperation,
  fixtures: detectionFixtures,
  readme: detectReadme,
  handler: taskHandler('object-detection', 'objectDetection', 'pictures'),
};

function fit(facts: ModelFacts): Fit {
  const misfit = (got: string): Fit => ({ kind: 'misfit', expected: EXPECTED, got });
  const wrong = noPicture(facts);
  if (wrong !== undefined) return misfit(wrong);
  const [first] = headsOf(facts);
  if (first?.likely) return { kind: 'fits' };
  const { outputs, trial } = facts;
  const open = outputs.find(({ dims }) => dims.length === 0 || dims.some((dim) => typeof dim !== 'number'));
  if (open && !trial) return { kind: 'unsure', why: `only a trial run tells the shape of ${describeTensor(open)}` };
  if (first) return { kind: 'possible', why: `outputs as of ${first.head.kind}, by their shapes alone` };
  return misfit(`the outputs are ${outputs.map(describeTensor).join(', ')}`);
}

function guess(facts: ModelFacts): GuessOf<ObjectDetection> {
  const heads = headsOf(facts);
  const [first] = heads as readonly [HeadGuess];
  const { input, preprocessing, settings, hints } = guessPicture(facts, usualPreprocessing(first.head.kind));
  const suppression = suppressionOf(first, facts);
  const classes = classesOf(first);
  const labels = detectionLabels(first, facts);
  return {
    kind: 'object-detection',
    labels,
    hints: { hasLabels: labels !== undefined, heads, suppression: suppression.value, picture: hints },
    task: {
      kind: 'object-detection',
      input: input.name,
      head: first.head,
      ...(classes !== undefined && { classes }),
      ...DEFAULTS,
      suppression: suppression.value,
      preprocessing: settings,
    },
    reasons: [
      ...first.reasons,
      { field: 'suppression', hint: suppression },
      ...Object.entries(preprocessing).map(([field, of]) => ({ field, hint: of })),
      ...(labels ? [{ field: 'labels', hint: labels }] : []),
    ],
  };
}

/** A graph that suppresses is not suppressed again. */
function suppressionOf({ head }: HeadGuess, { spec }: ModelFacts): Hint<ObjectDetection['suppression']> {
  if (spec.operators['NonMaxSuppression']) return hint('none', 'graph', 'The graph has NonMaxSuppression inside.');
  if (head.kind === 'yolo-end-to-end' || head.kind === 'detections')
    return hint('none', 'graph', `A model with ${head.kind} puts out what is left.`);
  return hint('per-class', 'graph', `A model with ${head.kind} puts out every box.`);
}
