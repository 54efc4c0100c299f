import { inputOf, type Model } from '../spec.ts';
import type { Reader } from './reader.ts';

/** A model that takes texts as they are, and has its own way to split them. */
export interface StringsInput {
  readonly kind: 'strings';
  readonly input: string;
}

/** Texts as a tensor of strings, one a row; blank where the graph fixes more rows. */
export function stringsReader({ input }: StringsInput, model: Model): Reader {
  const { dims } = inputOf(model, input);
  const [rows] = dims;
  return {
    // The runtime takes text as UTF-8 that ends at NUL.
    unfit: /[\0\p{Surrogate}]/u,
    read(texts) {
      const height = Math.max(texts.length, typeof rows === 'number' ? rows : 0);
      const data = Array.from({ length: height }, (_, i) => texts[i] ?? '');
      return {
        feeds: new Map([[input, { type: 'string', data, dims: [height, ...dims.slice(1).map(() => 1)] }]]),
        readings: texts.map(() => ({})),
      };
    },
  };
}
