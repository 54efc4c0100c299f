import type { Blueprint } from '../../blueprint.ts';
import { textOperation } from '../../text/operation.ts';
import type { Operation } from '../../../swagger/operation.ts';
import type { TextEmbedding } from './settings.ts';

/** POST /predict of a model that embeds. */
export function embeddingOperation(settings: TextEmbedding, blueprint: Blueprint): Operation {
  const { dimensions, normalize } = settings;
  return textOperation(settings, blueprint, {
    name: 'Embedding',
    summary: 'Embed texts',
    request: {},
    answer: {
      embedding: {
        description: `${dimensions} numbers${normalize ? '; of length 1, so that the product of two is their cosine' : ''}.`,
        type: 'array',
        maxItems: dimensions,
        items: { type: 'number' },
      },
    },
    example: { embedding: [0.6, -0.8] },
  });
}
