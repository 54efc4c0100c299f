import type { Blueprint } from '../../blueprint.ts';
import type { Sample } from '../../render/fixtures.ts';
import { textReadme } from '../../text/readme.ts';
import type { ReadmeParts } from '../task.ts';
import type { Pooling, TextEmbedding } from './settings.ts';

const POOLED: Readonly<Record<Pooling, string>> = {
  none: 'as the model gives it',
  mean: 'the mean of those of its tokens',
  cls: 'that of its first token',
  max: 'the largest numbers of those of its tokens',
  last: 'that of its last token',
  'weighted-mean': 'the mean of those of its tokens, of which later ones count more',
  'sqrt-mean': 'the sum of those of its tokens through the root of their number',
};

/** The README's words on a model that embeds. */
export function embeddingReadme(settings: TextEmbedding, blueprint: Blueprint, sample: Sample): ReadmeParts {
  const { dimensions, pooling, normalize } = settings;
  return textReadme(settings, blueprint, sample, {
    does: 'answer a text with a vector',
    answer: '"embedding": [0.12, …]',
    about: `A text's vector has ${dimensions} numbers and is ${POOLED[pooling]}${normalize ? ', at length 1: the product of two vectors is their cosine' : ''}.`,
  });
}
