import type { Preprocessing } from './preprocessing.ts';
import type { Context } from '../questions/context.ts';
import { choice, number, numbers } from '../questions/kinds.ts';
import type { Checked, Question, Questions } from '../questions/question.ts';

const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;
/** ImageNet's models were evaluated on the middle 7/8 of a picture. */
const CROP_PCT = 0.875;
/** Smaller models were hardly trained on photographs. */
const PHOTO_SIZE = 96;
/** Where neither the graph nor a file beside it says a size. */
const COMMON_SIZE = 224;

/** What Ultralytics fills with. */
const LETTERBOX_GRAY = 114;

const filled = ({ answers }: Context): boolean => answers.resize === 'pad' || answers.resize === 'letterbox';

const unknown =
  (part: keyof Preprocessing) =>
  ({ hints }: Context): boolean =>
    hints?.picture?.preprocessing[part] === undefined;

const channels = ({ answers, hints }: Context): number =>
  answers.colorOrder === undefined ? (hints?.picture?.fixed.channels ?? 3) : answers.colorOrder === 'gray' ? 1 : 3;

const oneEach = (values: readonly number[], context: Context): string | undefined => {
  if (context.hints === undefined || values.length === channels(context)) return undefined;
  return channels(context) === 1 ? 'one number' : '3 numbers with commas between them, in the order of the channels';
};

const size: Question<readonly [number, number]> = {
  flag: '--size <pixels>',
  message: 'Size of the picture that the model takes, in pixels (224, or width x height: 320x240)',
  kind: 'text',
  required: false,
  asked: ({ hints }) =>
    hints?.picture?.fixed.size.includes(undefined) === true &&
    (hints.picture?.preprocessing.width === undefined || hints.picture?.preprocessing.height === undefined),
  fallback: ({ hints }) => [
    hints?.picture?.fixed.size[0] ??
      hints?.picture?.preprocessing.width ??
      hints?.picture?.likely?.width ??
      COMMON_SIZE,
    hints?.picture?.fixed.size[1] ??
      hints?.picture?.preprocessing.height ??
      hints?.picture?.likely?.height ??
      COMMON_SIZE,
  ],
  parse: (given, { hints }): Checked<readonly [number, number]> => {
    const [, wide, high = wide] = /^\s*(\d{1,5})(?:\s*[x×]\s*(\d{1,5}))?\s*$/.exec(given) ?? [];
    const [width, height] = [Number(wide), Number(high)];
    if (!(width >= 1 && width <= 10_000 && height >= 1 && height <= 10_000))
      return { expected: 'pixels, e.g. 224, or width x height, e.g. 320x240' };
    const [fixedWidth = width, fixedHeight = height] = hints?.picture?.fixed.size ?? [];
    return fixedWidth === width && fixedHeight === height
      ? { value: [width, height] }
      : { expected: `${fixedWidth}x${fixedHeight}, which the model's graph fixes` };
  },
  print: ([width, height]) => (width === height ? String(width) : `${width}x${height}`),
};

/** Picture to tensor: asked only where the model and the files beside it do not say. The meaning is that of Preprocessing in blueprint.ts. */
export const preprocessingQuestions = {
  size,
  colorOrder: choice({
    flag: '--color-order <order>',
    message: 'Order of the colours',
    choices: { RGB: 'as most models', BGR: 'models from OpenCV or Caffe', gray: 'one channel' },
    fallback: ({ hints }) =>
      hints?.picture?.preprocessing.colorOrder ??
      hints?.picture?.likely?.colorOrder ??
      (hints?.picture?.fixed.channels === 1 ? 'gray' : 'RGB'),
    asked: (context) => context.hints?.picture?.fixed.channels !== 1 && unknown('colorOrder')(context),
    fits: (order, { hints }) => {
      const fixed = hints?.picture?.fixed.channels;
      return fixed === undefined || (order === 'gray') === (fixed === 1)
        ? undefined
        : `${fixed === 1 ? 'gray' : 'RGB or BGR'}: the model takes ${fixed} channel${fixed === 1 ? '' : 's'}`;
    },
  }),
  layout: choice({
    flag: '--layout <layout>',
    message: 'Layout of the tensor',
    choices: { NCHW: 'channels first (PyTorch)', NHWC: 'channels last (TensorFlow)' },
    fallback: ({ hints }) =>
      hints?.picture?.fixed.layout ?? hints?.picture?.preprocessing.layout ?? hints?.picture?.likely?.layout ?? 'NCHW',
    asked: (context) => context.hints?.picture?.fixed.layout === undefined && unknown('layout')(context),
    fits: (layout, { hints }) =>
      hints?.picture?.fixed.layout === undefined || hints.picture?.fixed.layout === layout
        ? undefined
        : `${hints.picture?.fixed.layout}, which the model's graph fixes`,
  }),
  resize: choice({
    flag: '--resize <mode>',
    message: "How a picture gets to the model's size",
    choices: {
      crop: 'shorter side first, then the middle is cut out',
      stretch: 'to the size, whatever the shape',
      pad: 'fits inside, the rest is filled',
      letterbox: 'the same as Ultralytics does it',
      none: 'not at all, where the model takes any size',
    },
    fits: (mode, { hints }) =>
      mode === 'none' && hints?.picture?.fixed.size.some((side) => side !== undefined)
        ? 'another mode: the graph fixes the size'
        : undefined,
    fallback: (context) => context.hints?.picture?.preprocessing.resize?.kind ?? usualResize(context).kind,
    asked: unknown('resize'),
  }),
  shortestEdge: number({
    flag: '--shortest-edge <pixels>',
    message: 'Shorter side before the middle is cut out, in pixels',
    min: 1,
    max: 10_000,
    example: 256,
    fallback: (context) => {
      const resize = context.hints?.picture?.preprocessing.resize ?? usualResize(context);
      const longer = Math.max(...sizeOf(context));
      return Math.max(longer, resize.kind === 'crop' ? resize.shortestEdge : Math.round(longer / CROP_PCT));
    },
    asked: (context) => context.answers.resize === 'crop' && unknown('resize')(context),
    fits: (edge, { answers, hints }) => {
      const least = Math.max(...(answers.size ?? [1]));
      return hints && answers.resize === 'crop' && edge < least
        ? `at least ${least}, the size that is cut out`
        : undefined;
    },
  }),
  fill: number({
    flag: '--fill <value>',
    message: 'What the rest is filled with, 0 (black) to 255 (white)',
    min: 0,
    max: 255,
    example: 114,
    fallback: ({ answers, hints }) => {
      const said = hints?.picture?.preprocessing.resize;
      if (said && 'fill' in said) return said.fill;
      return answers.resize === 'letterbox' ? LETTERBOX_GRAY : 0;
    },
    asked: (context) => filled(context) && unknown('resize')(context),
  }),
  resample: choice({
    flag: '--resample <filter>',
    message: 'Filter for resizing',
    choices: {
      bilinear: 'as torchvision and most training code',
      bicubic: 'as many vision transformers',
      lanczos: 'the sharpest',
      nearest: 'pixel by pixel',
    },
    fallback: ({ hints }) => hints?.picture?.preprocessing.resample ?? hints?.picture?.likely?.resample ?? 'bilinear',
    asked: unknown('resample'),
  }),
  rescaleFactor: number({
    flag: '--rescale-factor <factor>',
    message: 'Factor for the values 0 to 255, before mean and std (1/255 makes them 0 to 1)',
    min: -1e6,
    max: 1e6,
    whole: false,
    example: 1,
    fallback: ({ hints }) =>
      hints?.picture?.preprocessing.rescaleFactor ??
      hints?.picture?.likely?.rescaleFactor ??
      (hints?.picture?.fixed.bytes ? 1 : 1 / 255),
    asked: (context) => context.hints?.picture?.fixed.bytes !== true && unknown('rescaleFactor')(context),
    fits: (factor, { hints }) => (hints?.picture?.fixed.bytes && factor !== 1 ? '1: the model takes bytes' : undefined),
  }),
  mean: numbers({
    flag: '--mean <numbers>',
    message: 'Mean that is subtracted, one number a channel',
    fallback: (context) => context.hints?.picture?.preprocessing.mean ?? usual(context, 'mean', 0),
    asked: (context) => context.hints?.picture?.fixed.bytes !== true && unknown('mean')(context),
    expectation: oneEach,
  }),
  std: numbers({
    flag: '--std <numbers>',
    message: 'Standard deviation to divide by, one number a channel',
    fallback: (context) => context.hints?.picture?.preprocessing.std ?? usual(context, 'std', 1),
    asked: (context) => context.hints?.picture?.fixed.bytes !== true && unknown('std')(context),
    expectation: (values, context) => (values.includes(0) ? 'numbers other than 0' : oneEach(values, context)),
  }),
} satisfies Partial<Questions>;

const sizeOf = ({ answers }: Context): readonly [number, number] => answers.size ?? [COMMON_SIZE, COMMON_SIZE];

/** Photographs lose their border, small pictures do not. */
function usualResize(context: Context): Preprocessing['resize'] {
  const [width, height] = sizeOf(context);
  const likely = context.hints?.picture?.likely;
  if (likely?.width === width && likely.height === height) return likely.resize;
  if (context.hints?.picture?.habits === 'none') return { kind: 'stretch' };
  return width === height && width >= PHOTO_SIZE
    ? { kind: 'crop', shortestEdge: Math.round(width / CROP_PCT) }
    : { kind: 'stretch' };
}

/** ImageNet's figures for a colour model of photographs that takes values from 0 to 1, the identity for others. */
function usual(context: Context, which: 'mean' | 'std', identity: number): readonly number[] {
  const { answers, hints } = context;
  const [width, height] = sizeOf(context);
  const order = answers.colorOrder ?? 'RGB';
  const factor = answers.rescaleFactor ?? 1 / 255;
  const likely = hints?.picture?.likely;
  const habits = hints?.picture?.habits ?? 'photographs';
  if (
    (habits === 'none' || (likely?.width === width && likely.height === height)) &&
    likely?.colorOrder === order &&
    likely.rescaleFactor === factor
  )
    return likely[which];
  const count = channels(context);
  const scaled = Math.abs(factor - 1 / 255) < 1e-6;
  if (
    habits === 'none' ||
    count !== 3 ||
    !scaled ||
    hints?.picture?.fixed.bytes ||
    Math.min(width, height) < PHOTO_SIZE
  )
    return Array<number>(count).fill(identity);
  return order === 'BGR' ? IMAGENET[which].toReversed() : IMAGENET[which];
}

export const PREPROCESSING_QUESTIONS = Object.keys(
  preprocessingQuestions,
) as readonly (keyof typeof preprocessingQuestions)[];
