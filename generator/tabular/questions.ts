import type { Questions } from '../questions/question.ts';
import { list } from '../questions/kinds.ts';
import { nameTrouble } from './feature-names.ts';

/** What the columns of a row are called. */
export const featureQuestions = {
  features: list({
    flag: '--features <names...>',
    message: 'Names of the features in the order of the columns, with commas between them',
    asked: ({ hints }) => hints?.features?.certain === false,
    fallback: ({ hints }) => hints?.features?.names,
    expectation: (names, { hints }) => {
      const width = hints?.features?.names.length;
      if (width !== undefined && names.length !== width)
        return `${width} names with commas between them, got ${names.length}`;
      return nameTrouble(names);
    },
  }),
} satisfies Partial<Questions>;
