import { choice, confirm, number } from '../questions/kinds.ts';
import type { Questions } from '../questions/question.ts';
import type { Pooling } from '../tasks/text-embedding/settings.ts';

const LONGEST = 131_072;

/** Text to tensor, and tensor to vector: asked only where neither the graph nor a file beside the model says. */
export const textQuestions = {
  maxTokens: number({
    flag: '--max-tokens <n>',
    message: 'Tokens of a text that the model reads; the rest is cut off',
    min: 1,
    max: LONGEST,
    example: 512,
    asked: ({ hints }) => hints?.text?.unsure.includes('maxTokens') ?? false,
    fallback: ({ hints }) => hints?.text?.maxTokens,
    fits: (value, { hints }) => {
      const fixed = hints?.text?.fixedTokens;
      return fixed === undefined || fixed === value ? undefined : `${fixed}, which the model's graph fixes`;
    },
  }),
  pooling: choice<Pooling>({
    flag: '--pooling <kind>',
    message: 'How the vectors of a text become one',
    choices: {
      none: 'the model gives one itself',
      mean: 'their mean',
      cls: 'the first, as BERT was trained',
      max: 'the largest number of each column',
      last: 'the last, as models that write were trained',
      'weighted-mean': 'their mean, later ones count more',
      'sqrt-mean': 'their sum through the root of their number',
    },
    asked: ({ hints }) => hints?.text?.unsure.includes('pooling') ?? false,
    fallback: ({ hints }) => hints?.text?.pooling,
    fits: (value, { hints }) => {
      if (hints?.text?.pooling === undefined || (value === 'none') === (hints.text.pooling === 'none'))
        return undefined;
      return value === 'none' ? 'another: the model gives a vector a token' : 'none: the model gives one vector a text';
    },
  }),
  normalize: confirm({
    flag: '--normalize',
    negative: '--no-normalize',
    message: 'Give vectors the length 1, so that their product is the cosine',
    asked: ({ hints }) => hints?.text?.unsure.includes('normalize') ?? false,
    fallback: ({ hints }) => hints?.text?.normalize,
  }),
} satisfies Partial<Questions>;
