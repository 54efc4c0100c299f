import type { Context, ResultHints } from '../../questions/context.ts';
import { choice, never } from '../../questions/kinds.ts';
import type { Questions } from '../../questions/question.ts';

const CHANNELS = { RGB: 3, BGR: 3, RGBA: 4, gray: 1, luma: 1 } as const;

const result = ({ hints }: Context): ResultHints | undefined => hints?.result;

/** How a model's picture is read. The meaning is that of ImageToImage in settings.ts. */
export const resultQuestions = {
  outputColors: choice({
    flag: '--output-colors <colors>',
    message: 'What the channels of the picture that comes out are',
    choices: {
      RGB: 'as most models',
      BGR: 'models from OpenCV or Caffe',
      RGBA: 'with transparency',
      gray: 'one channel',
      luma: 'the light alone (Y of YCbCr): colours are those of the picture that went in',
    },
    fallback: (context) =>
      result(context)?.channels === 3 && context.answers.colorOrder === 'BGR' ? 'BGR' : result(context)?.colors,
    asked: never,
    fits: (colors, context) => {
      const hints = result(context);
      if (!hints) return undefined;
      if (CHANNELS[colors] !== hints.channels) return `colors of ${hints.channels} channels, which the model gives`;
      return colors === 'luma' && context.answers.colorOrder !== 'gray'
        ? 'gray: a model that enlarges light takes gray'
        : undefined;
    },
  }),
  outputValues: choice({
    flag: '--output-values <values>',
    message: 'What black and white are in the picture that comes out',
    choices: {
      unit: '0 and 1',
      bytes: '0 and 255',
      signed: '-1 and 1',
      normalized: 'as in the picture that goes in: factor, mean and std are undone',
    },
    fallback: (context) => result(context)?.values.value,
    asked: (context) => result(context)?.values.source === 'default',
  }),
  answerSize: choice({
    flag: '--answer-size <size>',
    message: 'Size of the answer',
    choices: {
      model: 'what the model puts out',
      picture: "the picture's own, times what the model enlarges by",
    },
    fallback: (context) => result(context) && 'model',
    asked: never,
    fits: (size, { answers }) =>
      size === 'picture' && answers.resize === 'crop' ? 'model: what --resize crop cuts off is gone' : undefined,
  }),
} satisfies Partial<Questions>;

export const RESULT_QUESTIONS = Object.keys(resultQuestions) as readonly (keyof typeof resultQuestions)[];
