import type { Answers } from '../../questions/answers.ts';
import type { Context } from '../../questions/context.ts';
import { choice, never, number } from '../../questions/kinds.ts';
import type { Questions } from '../../questions/question.ts';
import { answerOf, headFrom, type HeadAnswer } from './heads/answers.ts';
import type { HeadGuess } from './heads/head-guess.ts';
import { DEFAULTS, MOST_DETECTIONS } from './defaults.ts';

/** The head that is answered or, until then, guessed. */
const chosen = ({ answers, hints }: Context): HeadGuess | undefined => headFrom(hints?.heads ?? [], answers);

/** Nobody said it: neither graph nor names nor a trial run. */
const unsure =
  (field: 'head' | HeadAnswer) =>
  (context: Context): boolean =>
    chosen(context)?.reasons.some(({ field: of, hint }) => of === field && hint.source === 'default') === true;

/** The three parts that all questions about a field of the head share. */
function ofHead<Name extends HeadAnswer>(
  name: Name,
): {
  asked: (context: Context) => boolean;
  fallback: (context: Context) => Answers[Name] | undefined;
  fits: (value: unknown, context: Context) => string | undefined;
} {
  return {
    asked: unsure(name),
    fallback: (context) => answerOf(chosen(context)?.head, name),
    fits: (_value, context) => {
      const guess = chosen(context);
      if (!guess || answerOf(guess.head, name) !== undefined) return undefined;
      return `nothing: the head ${guess.head.kind} has no use for it`;
    },
  };
}

const part = { min: 0, max: 1, whole: false, asked: never } as const;

/** How a detector's outputs are read, and what counts as a detection where a request does not say. */
export const detectionQuestions = {
  head: choice({
    flag: '--head <kind>',
    message: "What the model's outputs are",
    choices: {
      'yolo-v5': 'box, objectness, scores (YOLO v5 to v7)',
      'yolo-v8': 'box, scores (YOLO v8 to v11)',
      'yolo-end-to-end': 'box, score, class (YOLO v10, or exported with suppression)',
      detections: 'boxes, scores and classes apart (torchvision, TensorFlow)',
      ssd: 'boxes, and a score for each class (SSD, DETR)',
      'fastest-det': 'a grid of cells (FastestDet)',
    },
    fallback: (context) => chosen(context)?.head.kind,
    asked: ({ hints }) => (hints?.heads?.filter(({ likely }) => likely).length ?? 0) > 1,
    fits: (kind, { hints }) => {
      const heads = hints?.heads?.map(({ head }) => head.kind);
      return heads === undefined || heads.includes(kind) ? undefined : `${heads.join(' or ')}, which the outputs fit`;
    },
  }),
  boxFormat: choice<Answers['boxFormat']>({
    flag: '--box-format <format>',
    message: 'What the four numbers of a box are',
    choices: {
      cxcywh: 'centre, width and height',
      xyxy: 'left, top, right, bottom',
      yxyx: 'top, left, bottom, right',
      xywh: 'left, top, width and height',
    },
    ...ofHead('boxFormat'),
  }),
  boxUnit: choice<Answers['boxUnit']>({
    flag: '--box-unit <unit>',
    message: 'What boxes are measured in',
    choices: { pixels: "of the model's input", normalized: 'parts of width and height, 0 to 1' },
    ...ofHead('boxUnit'),
  }),
  firstClass: number({
    flag: '--first-class <number>',
    message: 'Number of the first class (1 where 0 is the background)',
    min: 0,
    max: 1,
    example: 1,
    ...ofHead('firstClass'),
  }),
  background: choice<Answers['background']>({
    flag: '--background <place>',
    message: 'Which of the scores is that of the background',
    choices: { first: 'as SSD has it', last: 'as DETR has it', none: 'each is that of a class' },
    ...ofHead('background'),
  }),
  activation: choice<Answers['activation']>({
    flag: '--activation <function>',
    message: 'What makes the scores probabilities',
    choices: { none: 'they are', softmax: 'over all classes', sigmoid: 'each by itself' },
    ...ofHead('activation'),
  }),
  suppression: choice({
    flag: '--suppression <kind>',
    message: 'Which boxes suppress those that they overlap',
    choices: { 'per-class': 'those of the same class', agnostic: 'all', none: 'none: the graph does it' },
    fallback: ({ hints }) => hints?.suppression ?? 'per-class',
    asked: never,
  }),
  scoreThreshold: number({
    ...part,
    flag: '--score-threshold <part>',
    message: 'Score that a box must exceed, where a request does not say',
    example: DEFAULTS.scoreThreshold,
    fallback: () => DEFAULTS.scoreThreshold,
  }),
  iouThreshold: number({
    ...part,
    flag: '--iou-threshold <part>',
    message: 'Overlap (intersection over union) beyond which the worse box goes, where a request does not say',
    example: DEFAULTS.iouThreshold,
    fallback: () => DEFAULTS.iouThreshold,
  }),
  maxDetections: number({
    flag: '--max-detections <n>',
    message: 'Most boxes in an answer, where a request does not say',
    min: 1,
    max: MOST_DETECTIONS,
    example: DEFAULTS.maxDetections,
    asked: never,
    fallback: () => DEFAULTS.maxDetections,
  }),
} satisfies Partial<Questions>;

export const DETECTION_QUESTIONS = Object.keys(detectionQuestions) as readonly (keyof typeof detectionQuestions)[];
