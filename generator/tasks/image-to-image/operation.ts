import type { Blueprint } from '../../blueprint.ts';
import { SMALLEST_PNG } from '../../pictures/content-types.ts';
import { pictureOperation } from '../../pictures/picture-operation.ts';
import { modelInfo } from '../../../swagger/schemas.ts';
import type { Operation } from '../../../swagger/operation.ts';
import { predictResponse } from '../predict-operation.ts';
import type { ImageToImage } from './settings.ts';

/** What an answer may be, the usual one first. */
export const ANSWER_TYPES = ['image/png', 'image/jpeg'] as const;

/** POST /predict of a model that makes a picture of a picture. */
export function imageToImageOperation(_: ImageToImage, { model }: Blueprint): Operation {
  const { name, version } = model;
  return pictureOperation({
    summary: 'Make a picture of a picture',
    answers: 'Answers with a picture, or with JSON where Accept asks for it.',
    fields: {
      contentType: {
        description: `What the picture that comes back is, where Accept leaves it open: ${ANSWER_TYPES[0]} where this is left out.`,
        type: 'string',
        enum: ANSWER_TYPES,
      },
    },
    example: {},
    answer: {
      description: 'The picture',
      bytes: ANSWER_TYPES,
      example: { image: SMALLEST_PNG, contentType: ANSWER_TYPES[0], model: { name, version } },
      schema: predictResponse(
        {
          image: { description: 'The picture as base64.', type: 'string', format: 'byte', minLength: 1 },
          contentType: { type: 'string', enum: ANSWER_TYPES },
          model: modelInfo,
        },
        'What is answered as JSON, and by a direct invoke.',
      ),
    },
  });
}
